import { describe, expect, it } from 'vitest';
import { flattenTree, type Program, Value } from '../../src/engine/index.ts';
import {
  asTree,
  NonFiniteLossError,
  NonFiniteStateError,
  requireFinite,
  requireOwnState,
  withRateFactor,
} from '../../src/models/index.ts';

it('gives a tree as it is, and makes one of the tensors of a checkpoint file', () => {
  const tree = { critic: { bias: Value.scalar(1) }, rate: Value.scalar(2) };
  expect(asTree(tree, () => ({}))).toBe(tree);
  expect(asTree(flattenTree(tree), () => tree)).toEqual(tree);
  expect(() => asTree(flattenTree(tree), () => ({ rate: Value.scalar(0) }))).toThrow(
    'unflatten: unknown leaf critic/bias',
  );
});

describe('the errors of training', () => {
  it('NonFiniteLossError names player, step, value name and value', () => {
    expect(new NonFiniteLossError('critic', 12, 'penalty', Number.NaN)).toMatchObject({
      name: 'NonFiniteLossError',
      code: 'NON_FINITE_LOSS',
      kind: 'policy',
      player: 'critic',
      index: 12,
      message: 'step 12 of critic: penalty is NaN; training stopped, and nothing of this step was saved',
    });
  });

  it('NonFiniteStateError names the step, the tensor and the value', () => {
    expect(new NonFiniteStateError(12, 'critic/weights/0/bias', Infinity)).toMatchObject({
      name: 'NonFiniteStateError',
      code: 'NON_FINITE_STATE',
      kind: 'policy',
      index: 12,
      message: 'state before step 12: critic/weights/0/bias holds Infinity; nothing of it was saved',
    });
  });
});

describe('rate factor', () => {
  const program: Program = {
    name: 'own/critic',
    learningRate: 'alpha',
    run: (state) => ({ state, outputs: {} }),
  };

  it('multiplies the input that the program names as its learning rate, and no other', () => {
    const inputs = { rate: Value.scalar(3), alpha: Value.scalar(0.5) };
    expect(withRateFactor(program, inputs, 0.5)).toEqual({ ...inputs, alpha: Value.scalar(0.25) });
    expect(withRateFactor(program, inputs, 1)).toBe(inputs);
    const { learningRate: _, ...fixed } = program;
    expect(withRateFactor(fixed, inputs, 0.5)).toBe(inputs);
  });
});

it('names the tensor and the step of a number that is not finite', () => {
  const good = { critic: { w: Value.of([1, -2]) } };
  expect(() => requireFinite(good, 3)).not.toThrow();
  const bad = { ...good, generator: { b: Value.of([0, Number.NaN]) } };
  expect(() => requireFinite(bad, 3)).toThrow(/generator\/b/);
  expect(() => requireFinite(bad, 3)).toThrow(/step 3/);
});

it('tells a state of another system or seed', () => {
  const state = { system: 'wgan', seed: 3 };
  expect(() => requireOwnState(state, 'wgan', 3)).not.toThrow();
  expect(() => requireOwnState(state, 'gan', 3)).toThrow('restore: expected a state of gan, got one of wgan');
  expect(() => requireOwnState(state, 'wgan', 4)).toThrow('restore: expected seed 4, got 3');
});
