import { describe, expect, it } from 'vitest';
import { over, type Series, series } from '../../../src/telemetry/alerts/condition.ts';
import { History } from '../../../src/telemetry/alerts/history.ts';

/** What a series is at the end of some samples of one metric. */
function read(wanted: Series, samples: readonly [time: number, ...values: number[]][]) {
  const history = new History([wanted]);
  for (const [time, ...values] of samples)
    history.record(
      wanted.metric,
      time,
      values.map((value, i) => ({ labels: { player: 'ab'[i]! }, value })),
    );
  const values = history.values(wanted, samples.at(-1)![0]);
  return Object.fromEntries([...values.values()].map(({ labels, value }) => [labels.player ?? 'run', value]));
}

describe('the history', () => {
  it('joins series that fall together', () => {
    expect(read(series('weir_loss'), [[0, 3, 5]])).toEqual({ run: 5 });
    expect(read(series('weir_loss', { join: 'min' }), [[0, 3, 5]])).toEqual({ run: 3 });
    expect(read(series('weir_loss', { join: 'sum' }), [[0, 3, 5]])).toEqual({ run: 8 });
    expect(read(series('weir_loss', { by: ['player'] }), [[0, 3, 5]])).toEqual({ a: 3, b: 5 });
    expect(read(series('weir_loss', { where: { player: ['b'] } }), [[0, 3, 5]])).toEqual({ run: 5 });
  });

  it('shows only what is there now', () => {
    expect(read(series('weir_loss'), [[0, 3], [5]])).toEqual({});
  });

  it('measures increase and rate within the range, for each series before they are joined', () => {
    const samples: [number, number, number][] = [
      [0, 0, 0],
      [60, 100, 10],
      [90, 130, 10],
      [120, 180, 11],
    ];
    expect(read(over('increase', 61, 'weir_steps_total', { join: 'sum' }), samples)).toEqual({ run: 81 });
    expect(read(over('rate', 61, 'weir_steps_total', { by: ['player'] }), samples)).toEqual({
      a: 80 / 60,
      b: 1 / 60,
    });
  });

  it('fits a straight line through all samples for a slope', () => {
    // Through (0,1), (1,3), (2,2): mean 2, sum of products (-1)(-1) + 0 + (1)(0) = 1, of squares 2.
    expect(
      read(over('slope', 10, 'weir_engine_tensors'), [
        [0, 1],
        [1, 3],
        [2, 2],
      ]),
    ).toEqual({ run: 0.5 });
  });

  it('looks at a range that ended some time ago', () => {
    const samples: [number, number][] = [
      [0, 1],
      [10, 9],
      [20, 2],
      [30, 4],
      [40, 3],
    ];
    const ago = { over: { what: 'maximum', seconds: 20, ago: 20 } } as const;
    expect(read(over('maximum', 20, 'weir_loss', ago), samples)).toEqual({ run: 9 });
    expect(read(over('maximum', 20, 'weir_loss'), samples)).toEqual({ run: 4 });
  });

  it('says nothing of a range with one sample, which has neither increase nor slope', () => {
    expect(read(over('increase', 10, 'weir_steps_total'), [[0, 5]])).toEqual({});
    expect(read(over('maximum', 10, 'weir_loss'), [[0, 5]])).toEqual({ run: 5 });
  });

  it('forgets what nobody can ask for any more', () => {
    const wanted = over('increase', 100, 'weir_steps_total');
    const history = new History([wanted]);
    for (let time = 0; time < 10_000; time += 5)
      history.record('weir_steps_total', time, [{ labels: {}, value: time }]);
    expect([...history.values(wanted, 9_995).values()]).toEqual([{ labels: {}, value: 95 }]);
    expect(
      [...history.values(over('increase', 1e9, 'weir_steps_total'), 9_995).values()][0]!.value,
    ).toBeLessThan(110);
  });
});
