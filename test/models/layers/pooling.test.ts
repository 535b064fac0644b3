import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import {
  averagePool,
  averagePooled,
  enlarged,
  globalSumPool,
  upsample,
  upsampled,
} from '../../../src/models/index.ts';
import { applied, both, bothNames, compute, expectClose } from '../support.ts';

const image = Value.of([1, 2, 3, 4], [1, 2, 2, 1]);

describe.each(bothNames)('sides on %s', (name) => {
  const engine = both[name];

  it('are doubled by repetition', () => {
    const { y } = applied(upsample(), image, { engine });
    expect(y).toEqual(Value.of([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4], [1, 4, 4, 1]));
  });

  it('are divided by the means of blocks, and give back what was repeated', () => {
    const { y } = applied(averagePool(), image, { engine });
    expect(y).toEqual(Value.of([2.5], [1, 1, 1, 1]));
    const { back } = compute(
      { image },
      ({ image }) => ({ back: averagePooled(upsampled(image, 4), 4) }),
      engine,
    );
    expect(back).toEqual(image);
  });

  it('are summed up, each map by itself', () => {
    const maps = Value.of([1, 10, 2, 20, 3, 30, 4, 40], [1, 2, 2, 2]);
    const { y } = applied(globalSumPool(), maps, { engine });
    expect(y).toEqual(Value.of([10, 100], [1, 2]));
  });

  it('are enlarged bilinearly with half-pixel centres', () => {
    const row = Value.of([0, 4, 0, 4], [1, 2, 2, 1]);
    const { y } = compute({ row }, ({ row }) => ({ y: enlarged(row, 4) }), engine);
    expectClose(y, Array(4).fill([0, 1, 3, 4]).flat(), 1e-6);
  });

  it('stay as they are by a factor of 1', () => {
    const { up, down } = compute(
      { image },
      ({ image }) => ({ up: upsampled(image, 1), down: averagePooled(image, 1) }),
      engine,
    );
    expect([up, down]).toEqual([image, image]);
  });
});

it('have shapes beforehand, and factors that fit', () => {
  expect(upsample(3).init(keyOf(1), [2, 4, 5]).shape).toEqual([6, 12, 5]);
  expect(averagePool(2).init(keyOf(1), [2, 4, 5]).shape).toEqual([1, 2, 5]);
  expect(globalSumPool().init(keyOf(1), [2, 4, 5]).shape).toEqual([5]);
  expect(() => globalSumPool().init(keyOf(1), [4])).toThrow(
    'globalSumPool: expected inputs [height, width, channels], got [4]',
  );
  expect(() => averagePool(2).init(keyOf(1), [7, 8, 1])).toThrow(
    new RangeError('averagePool: expected sides that are multiples of 2, got 7x8'),
  );
  expect(() => upsample(0)).toThrow('upsample: factor: expected a whole number from 1, got 0');
  expect(() => compute({ image }, ({ image }) => ({ y: averagePooled(image, 3) }))).toThrow(
    'averagePooled: expected sides that are multiples of 3, got 2x2',
  );
});
