import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Buckets } from '../../../src/telemetry/metrics/series.ts';

describe('Buckets', () => {
  it('counts a value in the first bucket whose bound it does not exceed', () => {
    const buckets = new Buckets({}, [1, 2, 5]);
    for (const value of [1, 1.5, 2, 100, 0, -3]) buckets.observe(value);
    expect([...buckets.counts]).toEqual([3, 2, 0, 1]);
    expect(buckets.sum).toBe(101.5);
  });

  it('counts as a search from the beginning does, whatever came before', () => {
    const bounds = [-1, 0, 0.5, 3, 10];
    fc.assert(
      fc.property(fc.array(fc.double({ min: -20, max: 20, noNaN: true })), (values) => {
        const buckets = new Buckets({}, bounds);
        const expected = [0, 0, 0, 0, 0, 0];
        for (const value of values) {
          buckets.observe(value);
          const at = bounds.findIndex((bound) => value <= bound);
          expected[at === -1 ? 5 : at]!++;
        }
        expect([...buckets.counts]).toEqual(expected);
      }),
    );
  });

  it('lets one value stand for many', () => {
    const buckets = new Buckets({}, [1]);
    buckets.observe(0.25, 100);
    expect([...buckets.counts, buckets.sum]).toEqual([100, 0, 25]);
  });

  it('keeps the newest exemplar of a bucket', () => {
    const buckets = new Buckets({}, [1, 2]);
    const at = (value: number) => ({ labelSet: { trace_id: `${value}`, span_id: '' }, value, timestamp: 0 });
    for (const value of [1.2, 1.7, 9]) buckets.exemplify(at(value));
    expect(buckets.exemplars.map((exemplar) => exemplar?.value)).toEqual([undefined, 1.7, 9]);
  });
});
