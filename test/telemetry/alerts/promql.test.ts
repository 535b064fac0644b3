import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { alerts } from '../../../src/telemetry/alerts/alerts.ts';
import { all, arithmetic, compare, now, over, series } from '../../../src/telemetry/alerts/condition.ts';
import { promql } from '../../../src/telemetry/alerts/promql.ts';

describe('promql', () => {
  it('joins what falls together under the labels of a run', () => {
    expect(promql(compare(series('weir_loss', { by: ['player'] }), '>', 3))).toBe(
      'max by (job, instance, run, player) (weir_loss) > 3',
    );
  });

  it('takes one value of a label by =, several by =~', () => {
    const where = { where: { result: ['failed', 'dropped'] }, join: 'sum' } as const;
    expect(promql(compare(over('increase', 300, 'weir_spans_total', where), '>', 0))).toBe(
      'sum by (job, instance, run) (increase(weir_spans_total{result=~"failed|dropped"}[300s])) > 0',
    );
    expect(promql(compare(series('weir_run_state', { where: { state: ['failed'] } }), '==', 1))).toBe(
      'max by (job, instance, run) (weir_run_state{state="failed"}) == 1',
    );
  });

  it('writes arithmetic in brackets and conditions with and', () => {
    const age = arithmetic(now, '-', series('weir_run_start_timestamp_seconds'));
    const past = { over: { what: 'maximum', seconds: 60, ago: 120 } } as const;
    expect(
      promql(all(compare(age, '>', 60), compare(over('maximum', 60, 'weir_loss', past), '<=', age))),
    ).toBe(
      '(time() - max by (job, instance, run) (weir_run_start_timestamp_seconds)) > 60\n' +
        'and max by (job, instance, run) (max_over_time(weir_loss[60s] offset 120s)) <= ' +
        '(time() - max by (job, instance, run) (weir_run_start_timestamp_seconds))',
    );
  });

  it('makes of every alert what the parser of Prometheus takes', () => {
    for (const [name, { when }] of Object.entries(alerts)) {
      const text = 'prometheus' in when ? when.prometheus : promql(when);
      const errors: string[] = [];
      parser
        .parse(text)
        .iterate({ enter: (node) => void (node.type.isError && errors.push(`${name}: ${text}`)) });
      expect(errors).toEqual([]);
    }
  });
});
