import { expect, it } from 'vitest';
import { requireOwnState } from '../../src/models/index.ts';

it('tells a state of another system or seed', () => {
  const state = { system: 'wgan', seed: 3 };
  expect(() => requireOwnState(state, 'wgan', 3)).not.toThrow();
  expect(() => requireOwnState(state, 'gan', 3)).toThrow('restore: expected a state of gan, got one of wgan');
  expect(() => requireOwnState(state, 'wgan', 4)).toThrow('restore: expected seed 4, got 3');
});
