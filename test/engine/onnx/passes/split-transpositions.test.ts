import { describe, expect, it } from 'vitest';
import { parameter, transpose } from '../../../../src/engine/onnx/build.ts';
import { liveNodes } from '../../../../src/engine/onnx/live-nodes.ts';
import { splitTranspositions } from '../../../../src/engine/onnx/passes/split-transpositions.ts';

/**
 * The permutations that a transposition of a tensor of the shape is split into, by the shapes that
 * they are applied to.
 */
function stepsOf(shape: number[], permutation: number[]): string[] {
  const x = parameter('input/x', shape, 'float32');
  const graph = splitTranspositions(new Map([['output/y', transpose(x, permutation)]]));
  expect(graph.get('output/y')!.shape).toEqual(permutation.map((axis) => shape[axis]));
  return liveNodes(graph).flatMap(({ op, inputs, attributes }) =>
    op === 'Transpose' ? [`[${inputs[0]!.shape}] by ${attributes.permutation}`] : [],
  );
}

describe('transpositions in two steps', () => {
  it('turn a filter, first where the elements in a row are many', () => {
    expect(stepsOf([4, 4, 3, 64], [3, 2, 0, 1])).toEqual(['[16,3,64] by 1,0,2', '[48,64] by 1,0']);
    expect(stepsOf([64, 3, 4, 4], [2, 3, 1, 0])).toEqual(['[64,3,16] by 0,2,1', '[64,48] by 1,0']);
  });

  it('leave alone what moves one axis, whatever stands between', () => {
    for (const [shape, permutation] of [
      [[2, 5, 5, 3], [0, 3, 1, 2]],
      [[2, 3], [1, 0]],
      [[4, 4, 1, 64], [3, 2, 0, 1]],
      [[2, 3, 4, 5], [1, 0, 2, 3]],
      [[2, 3, 4, 5], [3, 2, 1, 0]],
    ] as const)
      expect(stepsOf([...shape], [...permutation])).toEqual([`[${shape}] by ${permutation}`]);
  }); // biome-ignore format: a table
});
