// Writes docs/metrics.md from the catalogue: npm run metrics-page
import { writeFileSync } from 'node:fs';
import { metricsPage } from '../src/telemetry/metrics/metrics-page.ts';

writeFileSync(new URL('../docs/metrics.md', import.meta.url), metricsPage());
