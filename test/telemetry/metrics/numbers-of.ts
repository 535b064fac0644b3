import type { MetricName } from '../../../src/telemetry/metrics/catalogue.ts';
import type { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';

/**
 * The present numbers of a metric by the values of its labels, joined by commas; of one without
 * labels under ''.
 */
export async function numbersOf(registry: MetricRegistry, name: MetricName): Promise<Record<string, number>> {
  const samples = await registry.read(name);
  return Object.fromEntries(samples.map(({ labels, value }) => [Object.values(labels).join(), value]));
}
