import { catalogueByTheme } from './catalogue.ts';
import type { Metric } from './metric.ts';

/** The page docs/metrics.md: every metric of the catalogue, as Markdown. */
export function metricsPage(): string {
  const sections = Object.entries(catalogueByTheme).map(
    ([theme, metrics]) => `## ${theme}\n\n${table(metrics)}\n`,
  );
  return `${introduction}\n${sections.join('\n')}`;
}

const introduction = `# Metrics

Made from the catalogue (\`src/telemetry/metrics/catalogue\`) by \`npm run metrics-page\`; a test fails
when it is stale.

Every metric carries the label \`run\`, the name of the run. A gauge is absent until it has a value
and is never NaN: values that are not finite are counted in \`weir_nonfinite_values_total\` instead.
Buckets marked * carry exemplars (\`trace_id\`, \`span_id\`) of spans that were recorded. "Value" is the
name that the number has in events, in \`log.jsonl\` and in scripts. Labels in braces are a closed
list, or \`names\` (players, stages, ...: at most 32, the rest become \`other\`), or \`identity\` (one
value in a process).
`;

function table(metrics: Readonly<Record<string, Metric>>): string {
  const rows = Object.entries(metrics).map(
    ([name, metric]) =>
      `| \`${name}\`${labelText(metric)} | ${metric.type}${metric.exemplars ? ' *' : ''} | ${metric.unit} | ${metric.help} | ${values(metric)} | ${metric.shown.join(', ')} |`,
  );
  return [
    '| metric | type | unit | what it is | value | shown |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function labelText({ labels }: Metric): string {
  const parts = Object.entries(labels).map(([name, values]) =>
    typeof values === 'string' ? `${name}: ${values}` : `${name}: ${values.join(', ')}`,
  );
  return parts.length === 0 ? '' : ` {${parts.join('; ')}}`;
}

function values({ values }: Metric): string {
  return Object.keys(values ?? {})
    .map((name) => `\`${name}\``)
    .join(', ');
}
