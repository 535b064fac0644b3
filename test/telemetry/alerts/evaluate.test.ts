import { describe, expect, it } from 'vitest';
import {
  all,
  arithmetic,
  type Condition,
  compare,
  now,
  series,
  seriesOf,
} from '../../../src/telemetry/alerts/condition.ts';
import { evaluateCondition } from '../../../src/telemetry/alerts/evaluate.ts';
import { History } from '../../../src/telemetry/alerts/history.ts';

const buffer = series('weir_stream_buffer_items', { by: ['stage'] });
const capacity = series('weir_stream_buffer_capacity_items', { by: ['stage'] });

/** The stages of which a condition is true, with these buffers and capacities, at 100 s. */
function stages(
  condition: Condition,
  buffers: Record<string, number>,
  capacities: Record<string, number> = {},
) {
  const history = new History([buffer, capacity, ...seriesOf(condition)]);
  const record = (metric: typeof buffer.metric, values: Record<string, number>) =>
    history.record(
      metric,
      100,
      Object.entries(values).map(([stage, value]) => ({ labels: { stage }, value })),
    );
  record('weir_stream_buffer_items', buffers);
  record('weir_stream_buffer_capacity_items', capacities);
  return evaluateCondition(condition, history, 100).map(({ stage }) => stage);
}

describe('evaluate', () => {
  it.each([
    ['>', ['c']],
    ['<', ['a']],
    ['>=', ['b', 'c']],
    ['<=', ['a', 'b']],
    ['==', ['b']],
  ] as const)('answers what is %s 5', (sign, expected) => {
    expect(stages(compare(buffer, sign, 5), { a: 4, b: 5, c: 6 })).toEqual(expected);
  });

  it('puts together what has the same labels, and leaves out what has no partner', () => {
    const share = arithmetic(buffer, '/', capacity);
    expect(stages(compare(share, '>', 0.9), { a: 10, b: 10, c: 10 }, { a: 10, b: 100 })).toEqual(['a']);
    expect(
      stages(compare(buffer, '<', arithmetic(0.5, '*', capacity)), { a: 4, b: 6 }, { a: 10, b: 10 }),
    ).toEqual(['a']);
  });

  it('is true of all conditions only where each of them is', () => {
    const condition = all(compare(buffer, '>', 1), compare(capacity, '<', 10));
    expect(stages(condition, { a: 2, b: 2, c: 0 }, { a: 5, b: 50, c: 5 })).toEqual(['a']);
  });

  it('knows the time', () => {
    expect(stages(compare(arithmetic(now, '-', buffer), '>', 60), { a: 30, b: 50 })).toEqual(['a']);
    expect(stages(compare(now, '>', 60), {})).toEqual([undefined]);
  });
});
