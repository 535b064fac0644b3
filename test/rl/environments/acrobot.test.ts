import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { acrobot, environmentLaws } from '../../../src/rl/index.ts';
import { follow, startAt, trajectoriesOf } from './fixtures/trajectories.ts';

describe('acrobot', () => {
  for (const { rule, check } of environmentLaws(acrobot)) it(rule, check);

  it('moves as Gymnasium does, to the last bit of float32', () => {
    for (const trajectory of trajectoriesOf<number>('Acrobot-v1'))
      follow(acrobot(), { ...trajectory, state: trajectory.state.map(Math.fround) });
  });

  it('ends without a penalty when the tip is high enough', () => {
    const links = acrobot();
    startAt(links as never, [Math.PI - 0.1, 0, 0, 0]);
    expect(links.step(1)).toMatchObject({ kind: 'termination', reward: 0 });
    startAt(links as never, [0.1, 0, 0, 0]);
    expect(links.step(1)).toMatchObject({ kind: 'transition', reward: -1 });
  });

  it('wraps angles and bounds speeds', () => {
    const links = acrobot();
    startAt(links as never, [3.1, 3.1, 50, 100]);
    const { observation } = links.step(2);
    expect(observation.slice(4).map(Math.abs)).toEqual([4 * Math.PI, 9 * Math.PI].map(Math.fround));
    const { state } = (links.save() as { inner: { state: number[] } | null }).inner ?? { state: [0, 0] };
    for (const angle of state.slice(0, 2)) expect(Math.abs(angle)).toBeLessThanOrEqual(Math.PI);
  });

  it('hangs nearly still at first, and is cut off after 500 steps', () => {
    const links = acrobot();
    const { observation } = links.reset(keyOf(1));
    expect(observation[0]).toBeGreaterThan(0.994);
    const kinds = Array.from({ length: 500 }, () => links.step(1).kind);
    expect(kinds.indexOf('truncation')).toBe(499);
  });
});
