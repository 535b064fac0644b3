import { stringify } from 'yaml';
import { type AlertName, alerts } from '../../src/telemetry/index.ts';
import { expressionOf } from './expression.ts';
import { runbookUrl } from './runbook-board.ts';

const byRun = (expr: string) => `sum by (job, instance, run) (${expr})`;
const rate = byRun('rate(weir_steps_total[1m])');

/** What one asks for so often that Prometheus computes it beforehand. */
const recorded = {
  'run:weir_steps:rate1m': rate,
  'run:weir_eta:seconds': `(${byRun('weir_run_target_steps')} - ${byRun('weir_run_global_step')}) / (${rate} > 0)`,
};

/** The rules file of Prometheus: the alerts of the watchdog and what only a scraper can see. */
export function rulesFile(): string {
  const groups = [
    { name: 'weir-recorded', rules: Object.entries(recorded).map(([record, expr]) => ({ record, expr })) },
    { name: 'weir-alerts', rules: (Object.keys(alerts) as AlertName[]).map(alertRule) },
  ];
  return `# Written by npm run dashboards, from the alerts of src/telemetry/alerts.\n${stringify({ groups }, { lineWidth: 0 })}`;
}

function alertRule(name: AlertName) {
  const alert = alerts[name];
  return {
    alert: name,
    expr: expressionOf(alert),
    ...(alert.for > 0 ? { for: `${alert.for}s` } : {}),
    labels: { severity: alert.severity },
    annotations: {
      summary: `{{ with $labels.run }}{{ . }}{{ else }}{{ $labels.instance }}{{ end }}: ${alert.summary}`,
      description: `${alert.meaning} ${alert.action}`,
      runbook_url: runbookUrl(name),
    },
  };
}
