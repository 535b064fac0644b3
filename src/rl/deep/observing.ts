import type { Tensor } from '@tensorflow/tfjs-core';
import { keyOf, normals, type Tree } from '../../engine/index.ts';
import type { NetworkProgram } from '../../models/index.ts';

/**
 * A network on observations as a program of its own, with the input `observation`, [count, size].
 */
export function observing(
  name: string,
  size: number,
  outputs: (state: Tree<Tensor>, observation: Tensor) => Tree<Tensor>,
): NetworkProgram {
  return {
    program: {
      name,
      run: (state, { observation }) => ({ state, outputs: outputs(state, observation as Tensor) }),
    },
    inputs: (rows) => ({ observation: normals(keyOf(0, name), [rows, size]) }),
  };
}
