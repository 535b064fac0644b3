import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { lakes } from '../../../src/rl/environments/frozen-lake.ts';
import { environmentLaws, frozenLake } from '../../../src/rl/index.ts';
import { startAt, transitionsOf } from './fixtures/trajectories.ts';

describe('frozenLake', () => {
  for (const options of [{}, { map: '8x8' }, { slippery: false }] as const) {
    describe(JSON.stringify(options), () => {
      for (const { rule, check } of environmentLaws(() => frozenLake(options))) it(rule, check);
    });
  }

  it.each(['4x4', '8x8'] as const)('leads on %s from each cell to where Gymnasium says', (map) => {
    const lake = frozenLake({ map, slippery: false });
    const table = transitionsOf(`FrozenLake${map}-v1`);
    expect(table).toHaveLength(lakes[map].length ** 2);
    table.forEach((entries, cell) => {
      if ('GH'.includes(lakes[map].join('')[cell]!)) return;
      entries.forEach(([next, reward, done], action) => {
        startAt(lake as never, cell);
        const kind = done ? 'termination' : 'transition';
        expect(lake.step(action), `cell ${cell}, action ${action}`).toEqual({
          kind,
          observation: next,
          reward,
        });
      });
    });
  });

  it('slips to either side as often as it goes ahead', () => {
    const lake = frozenLake();
    const counts = new Map<number, number>();
    for (let i = 0; i < 900; i++) {
      lake.reset(keyOf(i));
      const saved = lake.save() as { inner: object };
      lake.restore({ ...saved, inner: { ...saved.inner, state: 6 } } as never);
      const { observation } = lake.step(1);
      counts.set(observation, (counts.get(observation) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([5, 7, 10]);
    for (const count of counts.values()) expect(Math.abs(count - 300)).toBeLessThan(60);
  });

  it('is cut off after 100 steps, on the large lake after 200', () => {
    const stay = (lake = frozenLake({ slippery: false })) => {
      lake.reset(keyOf(1));
      let steps = 1;
      while (lake.step(0).kind === 'transition') steps++;
      return steps;
    };
    expect(stay()).toBe(100);
    expect(stay(frozenLake({ map: '8x8', slippery: false }))).toBe(200);
  });

  it('names the maps that there are', () => {
    expect(() => frozenLake({ map: '5x5' as never })).toThrow(
      new RangeError('frozenLake: map: expected one of 4x4, 8x8, got "5x5"'),
    );
  });

  it('is crossed in 0.744 of the episodes by whoever knows it, in the 100 steps that there are', () => {
    const table = transitionsOf('FrozenLake4x4-v1');
    let worth = Array<number>(16).fill(0);
    const after = ([next, reward, done]: readonly [number, number, number]) =>
      reward + (done ? 0 : worth[next]!);
    for (let step = 0; step < 100; step++)
      worth = table.map((entries, cell) =>
        'GH'.includes(lakes['4x4'].join('')[cell]!)
          ? 0
          : Math.max(
              ...[0, 1, 2, 3].map(
                (action) =>
                  [3, 0, 1].reduce((sum, step) => sum + after(entries[(action + step) % 4]!), 0) / 3,
              ),
            ),
      );
    expect(worth[0]).toBeCloseTo(0.744, 3);
  });
});
