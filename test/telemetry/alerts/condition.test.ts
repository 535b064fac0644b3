import { expect, it } from 'vitest';
import {
  all,
  arithmetic,
  compare,
  now,
  over,
  series,
  seriesOf,
} from '../../../src/telemetry/alerts/condition.ts';

it('reads the largest of the series of a run where nothing else is said', () => {
  expect(series('weir_loss')).toEqual({
    kind: 'series',
    metric: 'weir_loss',
    where: {},
    by: [],
    join: 'max',
  });
  expect(over('rate', 60, 'weir_steps_total', { join: 'sum' })).toMatchObject({
    join: 'sum',
    over: { what: 'rate', seconds: 60 },
  });
});

it('finds every series in a condition, however deep', () => {
  const condition = all(
    compare(arithmetic(now, '-', series('weir_run_start_timestamp_seconds')), '>', 5),
    all(
      compare(
        1,
        '<',
        arithmetic(arithmetic(2, '*', series('weir_loss')), '/', over('slope', 9, 'weir_engine_tensors')),
      ),
    ),
  );
  expect(seriesOf(condition).map(({ metric }) => metric)).toEqual([
    'weir_run_start_timestamp_seconds',
    'weir_loss',
    'weir_engine_tensors',
  ]);
});
