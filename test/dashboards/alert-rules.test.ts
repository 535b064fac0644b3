import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { expressionOf } from '../../dashboards/source/expression.ts';
import { type AlertName, alerts, type Metric, metricCatalogue } from '../../src/telemetry/index.ts';
import { has, run } from '../support/programs.ts';
import { groupingsOf, metricOf, selectorsOf } from './promql.ts';
import { scenarios } from './scenarios.ts';

const root = join(import.meta.dirname, '../..');
const rules = join(root, 'dashboards/prometheus/rules.yml');
const names = Object.keys(alerts) as AlertName[];
const withoutPromtool = !has('promtool');

interface Rule {
  readonly alert?: AlertName;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: { readonly severity: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

const groups: readonly { readonly rules: readonly Rule[] }[] = parse(readFileSync(rules, 'utf8')).groups;
const all = groups.flatMap((group) => group.rules);
const alerting = all.filter(({ alert }) => alert !== undefined);

describe('the rules of Prometheus', () => {
  it('are the alerts of the watchdog, each with duration, severity, summary, description and its entry in the runbook', () => {
    expect(alerting.map(({ alert }) => alert)).toEqual(names);
    for (const { alert, expr, labels, annotations, for: after = '0s' } of alerting) {
      expect(expr).toBe(expressionOf(alerts[alert!]));
      expect(after, alert).toBe(`${alerts[alert!].for}s`);
      expect(labels).toEqual({ severity: alerts[alert!].severity });
      expect(Object.keys(annotations!)).toEqual(['summary', 'description', 'runbook_url']);
    }
  });

  it('lead to a panel of the runbook board that is about the alert', () => {
    const board = JSON.parse(readFileSync(join(root, 'dashboards/boards/runbook.json'), 'utf8'));
    for (const { alert, annotations } of alerting) {
      const url = new URL(annotations!.runbook_url!);
      expect(url.pathname).toBe(`/d/${board.uid}`);
      const id = Number(url.searchParams.get('viewPanel'));
      const panel = board.panels.find((panel: { id: number }) => panel.id === id);
      expect(panel.title).toBe(alert);
      expect(panel.options.content).toContain(alerts[alert!].action);
    }
  });

  it('have an anchor each in docs/runbook.md', () => {
    const headings = [...readFileSync(join(root, 'docs/runbook.md'), 'utf8').matchAll(/^## (\w+)$/gm)];
    expect(headings.map(([, name]) => name)).toEqual(names);
  });

  it('read the metrics that the catalogue marks so, with the labels it gives them', () => {
    const metrics: Readonly<Record<string, Metric>> = metricCatalogue;
    const used = all.flatMap(({ expr }) => selectorsOf(expr)).filter(({ metric }) => metric !== 'up');
    expect(used.filter(({ metric }) => !(metricOf(metric) in metrics))).toEqual([]);
    const marked = Object.entries(metrics).filter(([, { shown }]) => shown.includes('rule'));
    const alertMetrics = alerting
      .flatMap(({ expr }) => selectorsOf(expr))
      .map(({ metric }) => metricOf(metric));
    expect([...new Set(alertMetrics)].filter((name) => name !== 'up').sort()).toEqual(
      marked.map(([name]) => name).sort(),
    );
    for (const { expr } of all) {
      const labels = selectorsOf(expr).flatMap(({ metric }) =>
        Object.keys(metrics[metricOf(metric)]?.labels ?? {}),
      );
      expect(
        groupingsOf(expr).filter((label) => !['job', 'instance', 'run', ...labels].includes(label)),
      ).toEqual([]);
    }
  });

  it.skipIf(withoutPromtool)(
    'are clean under promtool check rules, with everything it can find',
    async () => {
      const { code, output } = await run('promtool', ['check', 'rules', '--lint=all', '--lint-fatal', rules]);
      expect(output).toContain(`${all.length} rules found`);
      expect(code).toBe(0);
    },
  );

  it.skipIf(withoutPromtool)('are read by the configuration of the stack', async () => {
    const { code, output } = await run('promtool', [
      'check',
      'config',
      join(root, 'dashboards/prometheus/prometheus.yml'),
    ]);
    expect(output).toContain(`${all.length} rules found`);
    expect(code).toBe(0);
  });
});

describe.skipIf(withoutPromtool)('under promtool test rules', () => {
  it.each(names)('%s fires when it should, and neither before nor without need', async (name) => {
    const { code, output } = await testRules(name);
    expect(output).toContain('SUCCESS');
    expect(code).toBe(0);
  });

  it('the recorded rate and time left are those of the counters', async () => {
    const series = (metric: string, values: string) => ({
      series: `${metric}{job="weir", instance="a", run="r"}`,
      values,
    });
    const { output, code } = await promtool({
      interval: '15s',
      input_series: [
        series('weir_steps_total', '0+150x40'),
        series('weir_run_target_steps', '2500x40'),
        series('weir_run_global_step', '0+150x40'),
      ],
      promql_expr_test: [
        // 150 steps in 15 s; 10 steps a second.
        sample('run:weir_steps:rate1m', '2m', 'run:weir_steps:rate1m{job="weir", instance="a", run="r"}', 10),
        // After 2 min 1200 steps are done; 1300 are left, 10 a second.
        sample('run:weir_eta:seconds', '2m', 'run:weir_eta:seconds{job="weir", instance="a", run="r"}', 130),
      ],
    });
    expect(output).toContain('SUCCESS');
    expect(code).toBe(0);
  });
});

const sample = (expr: string, eval_time: string, labels: string, value: number) => ({
  expr,
  eval_time,
  exp_samples: [{ labels, value }],
});

/** Puts an alert into its scenario, and asks for exactly what fires at both of its moments. */
async function testRules(name: AlertName) {
  const { series, quiet, firing, labels = '' } = scenarios[name];
  const own = labels === '' ? '' : `, ${labels}`;
  return promtool({
    interval: '15s',
    input_series: Object.entries(series).map(([metric, values]) => ({
      series: metric.includes('{')
        ? metric.replace('{', '{job="weir", instance="a", ')
        : `${metric}{job="weir", instance="a"}`,
      values,
    })),
    promql_expr_test: [
      ...quiet.map((eval_time) => ({ expr: 'ALERTS{alertstate="firing"}', eval_time, exp_samples: [] })),
      sample(
        'ALERTS{alertstate="firing"}',
        firing,
        `ALERTS{alertname="${name}", alertstate="firing", severity="${alerts[name].severity}", job="weir", instance="a"${own}}`,
        1,
      ),
    ],
  });
}

async function promtool(test: object) {
  const folder = mkdtempSync(join(tmpdir(), 'weir-rules-'));
  try {
    const file = join(folder, 'test.yml');
    writeFileSync(file, stringify({ rule_files: [rules], evaluation_interval: '15s', tests: [test] }));
    return await run('promtool', ['test', 'rules', file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
