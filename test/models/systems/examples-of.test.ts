import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { examplesOf } from '../../../src/models/systems/examples-of.ts';

it('counts examples that fit, and names both shapes where they do not', () => {
  const examples = Value.filled([5, 2], 1);
  expect(examplesOf('vae', { examples }, [2])).toEqual({ examples, count: 5, parts: {} });
  expect(() => examplesOf('vae', { examples }, [3])).toThrow(
    'vae: expected examples of [3], as the generator makes them, got [2]',
  );
});

it('gives the parts that are asked for, and names one that is missing or of another shape', () => {
  const examples = Value.filled([5, 2], 1);
  const tokens = Value.zeros('int32', [5, 8]);
  const batch = { examples, parts: { tokens } };
  expect(examplesOf('text-gan', batch, [2], { tokens: [8] }).parts.tokens).toBe(tokens);
  expect(() => examplesOf('text-gan', { examples }, [2], { tokens: [8] })).toThrow(
    new RangeError('text-gan: expected batches with tokens of [5,8], got none'),
  );
  expect(() => examplesOf('text-gan', batch, [2], { tokens: [9] })).toThrow(
    new RangeError('text-gan: expected batches with tokens of [5,9], got [5,8]'),
  );
});
