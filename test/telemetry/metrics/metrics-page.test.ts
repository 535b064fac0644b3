import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { metricCatalogue } from '../../../src/telemetry/metrics/catalogue.ts';
import { metricsPage } from '../../../src/telemetry/metrics/metrics-page.ts';

it('is the page in docs: npm run metrics-page writes it again', () => {
  expect(readFileSync('docs/metrics.md', 'utf8')).toBe(metricsPage());
});

it('has a line for every metric', () => {
  const page = metricsPage();
  for (const name of Object.keys(metricCatalogue)) expect(page).toContain(`| \`${name}\``);
  expect(page).toContain('| `weir_checkpoints_total` {result: saved, failed} | counter |');
});
