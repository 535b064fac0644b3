import { expect, it } from 'vitest';
import { softmaxRows } from '../../src/evaluation/softmax.ts';

it('softmax gives probabilities, also for logits that would overflow', () => {
  const { shape, data } = softmaxRows({ shape: [2, 2], data: [0, Math.log(3), 1000, 1000] });
  expect(shape).toEqual([2, 2]);
  expect(data[0]).toBeCloseTo(0.25, 12);
  expect(data[1]).toBeCloseTo(0.75, 12);
  expect([data[2], data[3]]).toEqual([0.5, 0.5]);
});
