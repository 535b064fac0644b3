import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { Means } from '../../../src/rl/deep/means.ts';

it('takes the means of scalars and leaves lists alone', () => {
  const means = new Means();
  expect(means.values).toEqual({});
  means.add({ loss: Value.scalar(1), errors: Value.of([9]) });
  means.add({ loss: Value.scalar(4), errors: Value.of([9]) });
  expect(means.values).toEqual({ loss: 2.5 });
});
