import { type NamedAttrMap, util } from '@tensorflow/tfjs-core';
import type { Node } from '../../graph.ts';

/**
 * What a kernel of TensorFlow.js becomes in the graph: one node (or a few) for each tensor that it
 * makes. Shapes and types follow from those of the inputs. Kernels that take a list have their
 * inputs under '0', '1', ...
 */
export type TraceKernel = (inputs: Readonly<Record<string, Node>>, attributes: never) => Node | Node[];

/** The axes that an attribute names, from 0; all of them when it names none. */
export function axesOf(axis: unknown, shape: readonly number[]): number[] {
  return util.parseAxisParam(axis as number | number[], [...shape]);
}

export type { NamedAttrMap };
