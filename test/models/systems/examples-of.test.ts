import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { examplesOf } from '../../../src/models/systems/examples-of.ts';

it('counts examples that fit, and names both shapes where they do not', () => {
  const examples = Value.filled([5, 2], 1);
  expect(examplesOf('vae', { examples }, [2])).toEqual({ examples, count: 5 });
  expect(() => examplesOf('vae', { examples }, [3])).toThrow(
    'vae: expected examples of [3], as the generator makes them, got [2]',
  );
});
