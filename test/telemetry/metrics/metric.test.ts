import { expect, it } from 'vitest';
import { counter, gauge, histogram } from '../../../src/telemetry/metrics/metric.ts';

it('makes a row of the catalogue without labels where none are named', () => {
  expect(counter('items', 'Things.', ['internal'])).toEqual({
    type: 'counter',
    unit: 'items',
    help: 'Things.',
    labels: {},
    shown: ['internal'],
  });
  expect(gauge('none', 'x', [], { labels: { player: 'names' } }).labels).toEqual({ player: 'names' });
  expect(histogram('seconds', 'x', [], { buckets: [1, 2] })).toMatchObject({
    type: 'histogram',
    buckets: [1, 2],
  });
});
