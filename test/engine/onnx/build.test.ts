import { describe, expect, it } from 'vitest';
import {
  broadcastShape,
  cast,
  concat,
  counting,
  elementwise,
  matMul,
  pad,
  parameter,
  reduce,
  reshapeNode,
  slice,
  transpose,
} from '../../../src/engine/onnx/build.ts';

const x = parameter('x', [2, 3, 4], 'float32');

describe('building nodes', () => {
  it('infers shapes', () => {
    expect(broadcastShape([[2, 1], [3], []])).toEqual([2, 3]);
    expect(transpose(x, [2, 0, 1]).shape).toEqual([4, 2, 3]);
    expect(reduce('ReduceSum', x, [0, 2]).shape).toEqual([1, 3, 1]);
    expect(concat([x, x], 1).shape).toEqual([2, 6, 4]);
    expect(pad(x, [1, 0, 0], [0, 2, 0]).shape).toEqual([3, 5, 4]);
    expect(slice(x, [0, 1, 0], [2, 1, 4]).shape).toEqual([2, 1, 4]);
    expect(matMul(x, parameter('y', [5, 4], 'float32'), false, true).shape).toEqual([2, 3, 5]);
  });

  it('infers types', () => {
    expect(elementwise('Less', [x, x], {}, 'bool').dtype).toBe('bool');
    expect(elementwise('Where', [elementwise('Less', [x, x], {}, 'bool'), x, x]).dtype).toBe('float32');
    expect(cast(x, 'int32').dtype).toBe('int32');
    expect(counting(3)).toMatchObject({ dtype: 'int32', data: Int32Array.of(0, 1, 2) });
  });

  it('casts nothing to its own type', () => expect(cast(x, 'float32')).toBe(x));

  it('refuses to reshape into another number of elements', () =>
    expect(() => reshapeNode(x, [5])).toThrow('reshape: [2,3,4] to [5]'));
});
