import { expect, it } from 'vitest';
import { processRegistry } from '../../../src/telemetry/metrics/process-registry.ts';

it('is one for the process', async () => {
  expect(processRegistry()).toBe(processRegistry());
  expect((await processRegistry().scrape()).body).toContain('run="run"');
});
