import { MetricRegistry } from './registry.ts';

let registry: MetricRegistry | undefined;

/**
 * The registry of those who name none: one for the process, made when it is first asked for. Its
 * run is named by `WEIR_RUN`, or `run`.
 */
export function processRegistry(): MetricRegistry {
  registry ??= new MetricRegistry({ run: process.env.WEIR_RUN || 'run' });
  return registry;
}
