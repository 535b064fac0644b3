import { type Alert, type AlertName, alerts } from '../../src/telemetry/index.ts';
import { expressionOf } from './expression.ts';

/** The runbook as a page of the documentation: a heading, and so an anchor, for each alert. */
export function runbookPage(): string {
  const entries = (Object.entries(alerts) as [AlertName, Alert][]).map(
    ([name, alert]) => `## ${name}\n\n${runbookEntry(alert)}`,
  );
  return `${introduction}\n${entries.join('\n')}`;
}

/** What to know about one alert, and what to do. */
export function runbookEntry(alert: Alert): string {
  const { severity, summary, meaning, causes, action } = alert;
  return `**${summary}** Severity: ${severity}${alert.for > 0 ? `, once it has been so for ${duration(alert.for)}` : ''}.

- *What it means.* ${meaning}
- *Likely causes.* ${causes}
- *What to do.* ${action}

\`\`\`promql
${expressionOf(alert)}
\`\`\`
`;
}

const introduction = `# Runbook

One entry for each alert of \`dashboards/prometheus/rules.yml\`. The run watches the same conditions by itself, all but those that only a scraper can see.
\`npm run dashboards\` writes this page, the rules and the board *Weir / Runbook* from \`src/telemetry/alerts/alerts.ts\`; change the texts there.

What helps with all of them: the boards (see [Grafana](grafana.md)), \`log.jsonl\` and \`report.json\` in the directory of the run, and a trace of the step in question.
`;

function duration(seconds: number): string {
  return seconds % 60 === 0 && seconds >= 60 ? `${seconds / 60} min` : `${seconds} s`;
}
