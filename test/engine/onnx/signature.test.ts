import { describe, expect, it } from 'vitest';
import { add, constant, filled, mul, parameter } from '../../../src/engine/onnx/build.ts';
import { graphSignature, signatures } from '../../../src/engine/onnx/signature.ts';

const x = parameter('x', [2], 'float32');
const y = parameter('y', [2], 'float32');

describe('signatures', () => {
  it('are equal for equal operations on the same nodes, and only for those', () => {
    const signatureOf = signatures();
    expect(signatureOf(add(x, y))).toBe(signatureOf(add(x, y)));
    expect(signatureOf(add(x, y))).not.toBe(signatureOf(add(y, x)));
    expect(signatureOf(add(x, y))).not.toBe(signatureOf(mul(x, y)));
  });

  it('tell numbers, types, data and the two zeros apart', () => {
    const signatureOf = signatures();
    const all = [
      filled(0),
      filled(-0),
      filled(1),
      filled(0, [], 'int32'),
      filled(0, [1]),
      constant(Float32Array.of(1, 2), [2], 'float32'),
      constant(Float32Array.of(1, 3), [2], 'float32'),
    ];
    expect(new Set(all.map(signatureOf)).size).toBe(all.length);
  });

  it('of graphs are equal when they compute the same in the same way', () => {
    const graph = (number: number) => new Map([['r', add(mul(x, y), filled(number))]]);
    expect(graphSignature(graph(1))).toEqual(graphSignature(graph(1)));
    expect(graphSignature(graph(1))).not.toEqual(graphSignature(graph(2)));
  });
});
