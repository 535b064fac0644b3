import { describe, expect, it } from 'vitest';
import { chooseRows, sizeOf, Value } from '../../src/engine/index.ts';
import { requireAlike } from '../../src/engine/require-alike.ts';

describe('Value', () => {
  it('holds its type, shape and data', () => {
    const value = new Value('int32', [2, 1], Int32Array.of(3, 4));
    expect(value).toMatchObject({ dtype: 'int32', shape: [2, 1], data: Int32Array.of(3, 4) });
  });

  it('is made of numbers, of one number, or filled', () => {
    expect(Value.of([1, 2])).toEqual(new Value('float32', [2], Float32Array.of(1, 2)));
    expect(Value.of([1, 2], [2, 1]).shape).toEqual([2, 1]);
    expect(Value.scalar(5)).toEqual(new Value('float32', [], Float32Array.of(5)));
    expect(Value.filled([2, 2], 7).data).toEqual(Float32Array.of(7, 7, 7, 7));
    expect(Value.zeros('bool', [2])).toEqual(new Value('bool', [2], Uint8Array.of(0, 0)));
  });

  it('copies what it is made of', () => {
    const numbers = Float32Array.of(1, 2);
    const value = Value.of(numbers);
    numbers[0] = 9;
    expect(value.data[0]).toBe(1);
  });

  it('refuses data that does not fill the shape', () => {
    expect(() => Value.of([1, 2, 3], [2, 2])).toThrow(
      new RangeError('Value: expected 4 elements for shape [2,2], got 3'),
    );
  });

  it('refuses data of another type', () => {
    expect(() => new Value('bool', [1], Float32Array.of(1))).toThrow(
      new TypeError('Value: expected a Uint8Array for bool, got Float32Array'),
    );
  });
});

describe('sizeOf', () => {
  it.each([
    [[], 1],
    [[3], 3],
    [[2, 3, 4], 24],
    [[2, 0], 0],
  ])('of [%s] is %i', (shape, size) => {
    expect(sizeOf(shape)).toBe(size);
  });
});

it('takes rows of a tensor by number, in any order and as often as asked', () => {
  const value = new Value('int32', [3, 2, 1], Int32Array.of(1, 2, 3, 4, 5, 6));
  const chosen = chooseRows(value, 4, (i) => [2, 0, 2, 1][i]!);
  expect([chosen.dtype, ...chosen.shape]).toEqual(['int32', 4, 2, 1]);
  expect([...chosen.data]).toEqual([5, 6, 1, 2, 5, 6, 3, 4]);
});

describe('require alike', () => {
  const of = (...shape: number[]) => new Map([['a/b', Value.filled(shape, 0)]]);

  it('accepts what has the same leaves, shapes and types', () => requireAlike('write', of(2), of(2)));

  it('names the leaf that differs', () => {
    expect(() => requireAlike('write', of(3), of(2))).toThrow(
      'write: expected float32 [2] at state a/b, got float32 [3]',
    );
    expect(() => requireAlike('write', new Map(), of(2))).toThrow(
      'expected float32 [2] at state a/b, got nothing',
    );
    expect(() => requireAlike('write', of(2), new Map())).toThrow(
      'expected nothing at state a/b, got float32 [2]',
    );
  });
});
