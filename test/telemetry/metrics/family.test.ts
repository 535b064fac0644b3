import { describe, expect, it } from 'vitest';
import { Family, namesLimit } from '../../../src/telemetry/metrics/family.ts';
import { counter, gauge, histogram } from '../../../src/telemetry/metrics/metric.ts';
import { Buckets } from '../../../src/telemetry/metrics/series.ts';

const labels = { player: 'names', result: ['saved', 'failed'] } as const;

describe('a family', () => {
  it('has one series for one set of labels, in whatever order they are given', () => {
    const family = Family.of('x_total', counter('none', 'X.', [], { labels }));
    const series = family.at({ player: 'critic', result: 'saved' });
    expect(family.at({ result: 'saved', player: 'critic' })).toBe(series);
    expect(family.at({ player: 'critic', result: 'failed' })).not.toBe(series);
    expect([...family.series]).toHaveLength(2);
  });

  it('begins counters at 0, gauges without a value and histograms empty', () => {
    expect(Family.of('x_total', counter('none', 'X.', [])).at()).toEqual({ labels: {}, value: 0 });
    expect(Family.of('x', gauge('none', 'X.', [])).at()).toEqual({ labels: {}, value: undefined });
    expect(Family.of('x', histogram('none', 'X.', [], { buckets: [1] })).at()).toBeInstanceOf(Buckets);
  });

  it('makes all series of closed labels beforehand, and none of names it does not know yet', () => {
    const family = Family.of('x_total', counter('none', 'X.', [], { labels }));
    family.initialise();
    expect([...family.series]).toEqual([]);
    family.initialise({ player: 'critic' });
    expect([...family.series].map((series) => series.labels)).toEqual([
      { player: 'critic', result: 'saved' },
      { player: 'critic', result: 'failed' },
    ]);
  });

  it('calls names beyond the limit other, so that no program can make series without end', () => {
    const family = Family.of('x_total', counter('none', 'X.', [], { labels: { player: 'names' } }));
    for (let i = 0; i < 1000; i++) family.at({ player: `player-${i}` });
    const series = [...family.series];
    expect(series).toHaveLength(namesLimit + 1);
    expect(series.at(-1)!.labels).toEqual({ player: 'other' });
    expect(family.at({ player: 'player-3' }).labels).toEqual({ player: 'player-3' });
  });

  it.each([
    [{ player: 'critic' }, 'x_total: expected result to be one of saved,failed, got undefined'],
    [{ player: 'critic', result: 'lost' }, 'x_total: expected result to be one of saved,failed, got "lost"'],
    [{ player: 'critic', result: 'saved', step: '7' }, 'x_total: expected labels player,result, got step'],
  ])('refuses labels that the catalogue does not know: %o', (given, message) => {
    const family = Family.of('x_total', counter('none', 'X.', [], { labels }));
    expect(() => family.at(given as unknown as Record<string, string>)).toThrow(new RangeError(message));
  });
});
