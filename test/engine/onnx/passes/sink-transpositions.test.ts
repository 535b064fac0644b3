import { describe, expect, it } from 'vitest';
import { add, mul, parameter, transpose } from '../../../../src/engine/onnx/build.ts';
import { sinkTranspositions } from '../../../../src/engine/onnx/passes/sink-transpositions.ts';
import { through, written, x, y } from './graphs.ts';

const square = parameter('input/w', [3, 3], 'float32');
const turned = (node: typeof x) => transpose(node, [1, 0]);

describe('sinking transpositions', () => {
  it('adds before transposing, through a chain of sums', () => {
    const sum = add(add(turned(x), turned(y)), turned(mul(x, y)));
    expect(written(through(sinkTranspositions, sum))).toBe('Transpose(Add(Add(x, y), Mul(x, y)))');
  });

  it('leaves what others use, and sums of tensors that lie differently', () => {
    const shared = turned(x);
    expect(written(through(sinkTranspositions, mul(add(shared, turned(y)), shared)))).toBe(
      'Mul(Add(Transpose(x), Transpose(y)), Transpose(x))',
    );
    expect(
      written(through(sinkTranspositions, add(transpose(square, [1, 0]), transpose(square, [0, 1])))),
    ).toContain('Add(Transpose(w)');
  });
});
