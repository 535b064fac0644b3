import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import {
  cartPole,
  cliffWalking,
  environmentLaws,
  mountainCar,
  scaledObservations,
} from '../../../src/rl/index.ts';

describe('scaled observations', () => {
  for (const { rule, check } of environmentLaws(() => scaledObservations(mountainCar()))) it(rule, check);

  it('are the numbers of the environment between -1 and 1', () => {
    const [inner, scaled] = [mountainCar(), scaledObservations(mountainCar())];
    expect(scaled.observation).toMatchObject({ low: [-1, -1], high: [1, 1] });
    const [plain] = [inner.reset(keyOf(1)).observation];
    const { observation } = scaled.reset(keyOf(1));
    // Positions are from -1.2 to 0.6.
    expect(observation[0]).toBeCloseTo((plain[0]! + 0.3) / 0.9, 6);
    expect(observation[1]).toBe(0);
    for (let i = 0; i < 20; i++) {
      const [was, is] = [inner.step(2), scaled.step(2)];
      expect(is.observation[1]).toBeCloseTo(was.observation[1]! / 0.07, 5);
      expect(is).toMatchObject({ kind: was.kind, reward: was.reward });
    }
  });

  it('leave a number without bounds as it is', () => {
    const plain = cartPole().reset(keyOf(1)).observation;
    const { observation } = scaledObservations(cartPole()).reset(keyOf(1));
    expect(observation[1]).toBe(plain[1]);
    expect(observation[3]).toBe(plain[3]);
    expect(observation[0]).toBeCloseTo(plain[0]! / 4.8, 6);
  });

  it('need numbers to scale', () => {
    expect(() => scaledObservations(cliffWalking() as never)).toThrow(
      'scaledObservations: expected an environment with a box, got CliffWalking-v1',
    );
  });
});
