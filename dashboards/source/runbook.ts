import { type Alert, type AlertName, alerts } from '../../src/telemetry/index.ts';
import { expressionOf } from './expression.ts';

/** The runbook as a page of the documentation: a heading, and so an anchor, for each alert. */
export function runbookPage(): string {
  const entries = (Object.entries(alerts) as [AlertName, Alert][]).map(
    ([name, alert]) => `## ${name}\n\n${runbookEntry(alert).replace(/^(?:\*\*|- ).*$/gm, wrapped)}`,
  );
  return `${introduction}\n${entries.join('\n')}`;
}

/** What to know about one alert, and what to do. */
export function runbookEntry(alert: Alert): string {
  const { severity, summary, meaning, causes, action } = alert;
  return `**${summary}** Severity: ${severity}${alert.for > 0 ? `, after ${duration(alert.for)}` : ''}.

- *What it means.* ${meaning}
- *Likely causes.* ${causes}
- *What to do.* ${action}

\`\`\`promql
${expressionOf(alert)}
\`\`\`
`;
}

const introduction = `# Runbook

One entry for each alert of \`dashboards/prometheus/rules.yml\`. The run itself watches the same
conditions, except those that only a scraper can see. \`npm run dashboards\` writes this page, the
rules and the board *Weir / Runbook* from \`src/telemetry/alerts/alerts.ts\`; change the texts there.

For all of them, look at the boards ([Grafana](grafana.md)), at \`log.jsonl\` and \`report.json\` in the
run directory, and at a trace of the step.
`;

/** A paragraph, or the item of a list, in lines of at most 100 columns. */
function wrapped(text: string): string {
  const indent = text.startsWith('- ') ? '  ' : '';
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= 100) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines.join('\n');
}

function duration(seconds: number): string {
  return seconds % 60 === 0 && seconds >= 60 ? `${seconds / 60} min` : `${seconds} s`;
}
