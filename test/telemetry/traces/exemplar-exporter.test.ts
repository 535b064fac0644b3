import type { Span } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { Buckets } from '../../../src/telemetry/metrics/series.ts';
import { ExemplarExporter } from '../../../src/telemetry/traces/exemplar-exporter.ts';

type Exported = Parameters<ExemplarExporter['export']>[0];

const span = (spanId: string) => ({ spanContext: () => ({ traceId: 't', spanId, traceFlags: 1 }) });

/** An exporter whose collector answers with a code. */
function exporting(code: number) {
  const exporter = new ExemplarExporter({
    export: (_, done) => done({ code }),
    shutdown: async () => {},
  });
  const send = (...ids: string[]) => {
    let answer: number | undefined;
    exporter.export(ids.map(span) as unknown as Exported, (result) => {
      answer = result.code;
    });
    return answer;
  };
  return { exporter, send };
}

describe('the exporter', () => {
  it('lets a bucket point to a span once it was taken, not before', () => {
    const { exporter, send } = exporting(0);
    const buckets = new Buckets({}, [1]);
    exporter.exemplify(buckets, 0.5, 1700000000, span('a') as unknown as Span);
    send('b');
    expect(buckets.exemplars[0]).toBeUndefined();
    expect(send('a')).toBe(0);
    expect(buckets.exemplars[0]).toEqual({
      labelSet: { trace_id: 't', span_id: 'a' },
      value: 0.5,
      timestamp: 1700000000,
    });
  });

  it('forgets the exemplar of a span that was not taken', () => {
    const { exporter, send } = exporting(1);
    const buckets = new Buckets({}, [1]);
    exporter.exemplify(buckets, 0.5, 0, span('a') as unknown as Span);
    expect(send('a')).toBe(1);
    expect(buckets.exemplars[0]).toBeUndefined();
  });

  it('gives up the oldest where too many wait', () => {
    const { exporter, send } = exporting(0);
    const series = Array.from({ length: 2049 }, () => new Buckets({}, [1]));
    series.forEach((buckets, i) => {
      exporter.exemplify(buckets, 0.5, 0, span(String(i)) as unknown as Span);
    });
    send('0', '1', '2048');
    expect([0, 1, 2048].map((i) => series[i]!.exemplars[0]?.labelSet.span_id)).toEqual([
      undefined,
      '1',
      '2048',
    ]);
  });
});
