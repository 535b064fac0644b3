import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { catchBall, environmentLaws } from '../../../src/rl/index.ts';

/** Columns that are lit in a row of a picture. */
const lit = (picture: readonly number[], side: number, row: number) =>
  picture.slice(row * side, (row + 1) * side).flatMap((pixel, c) => (pixel === 1 ? [c] : []));

describe('catchBall', () => {
  for (const { rule, check } of environmentLaws(() => catchBall({ side: 6 }))) it(rule, check);

  it('shows a ball in the highest row and a paddle of three in the lowest', () => {
    const { observation } = catchBall().reset(keyOf(1));
    expect(observation).toHaveLength(144);
    expect(lit(observation, 12, 0)).toHaveLength(1);
    expect(lit(observation, 12, 11)).toEqual([5, 6, 7]);
    expect(observation.reduce((sum, pixel) => sum + pixel)).toBe(4);
  });

  it('lets the ball fall by one, drift by at most one and bounce, and pays at the end alone', () => {
    const drifts = new Set<number>();
    for (let seed = 0; seed < 30; seed++) {
      const game = catchBall();
      let { observation } = game.reset(keyOf(seed));
      let [column, drift] = [lit(observation, 12, 0)[0]!, Number.NaN];
      for (let row = 1; row < 11; row++) {
        const step = game.step(1);
        observation = step.observation;
        expect(step).toMatchObject({ kind: 'transition', reward: 0 });
        const [next] = lit(observation, 12, row);
        const move = next! - column;
        if (!Number.isNaN(drift) && move !== drift) {
          expect(move).toBe(-drift);
          expect([0, 11]).toContain(column);
        }
        [column, drift] = [next!, move];
        drifts.add(move);
      }
      const caught = lit(game.step(1).observation, 12, 11).length === 3;
      expect([5, 6, 7].some((at) => Math.abs(at - column) <= 1) || !caught).toBe(true);
    }
    expect([...drifts].sort()).toEqual([-1, 0, 1]);
  });

  it('pays 1 to one that follows the ball and -1 to one that flees it', () => {
    const returns = [1, -1].map((towards) =>
      Array.from({ length: 40 }, (_, seed) => {
        const game = catchBall();
        let { observation } = game.reset(keyOf(seed));
        let reward = 0;
        for (let row = 0; row < 11; row++) {
          const ball = lit(observation, 12, row)[0]!;
          const paddle = lit(observation, 12, 11)[1]!;
          const step = game.step(1 + towards * Math.sign(ball - paddle || (towards - 1) / 2));
          observation = step.observation;
          reward += step.reward;
          expect(step.kind).toBe(row === 10 ? 'termination' : 'transition');
        }
        return reward;
      }),
    );
    expect(new Set(returns[0])).toEqual(new Set([1]));
    expect(returns[1]!.filter((reward) => reward === -1).length).toBeGreaterThan(20);
  });

  it('refuses a picture of too few pixels', () => {
    expect(() => catchBall({ side: 4 })).toThrow(
      'catchBall: side: expected a whole number from 5 to 256, got 4',
    );
  });
});
