import { createRequire } from 'node:module';
import type { resources } from '@opentelemetry/sdk-node';
import { macrotask } from '../../streams/index.ts';

/** What OpenTelemetry sends, each with variables of its own. */
export type Signal = 'traces' | 'metrics' | 'logs';

/** What is said of the program and its run beside every span, metric and log record. */
export interface ResourceOptions {
  readonly version?: string;
  readonly runId?: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** How long the end of a run waits for a collector. */
export const shutdownMs = 3000;

/** Loads a package only where it is asked for: the SDK takes a third of the start of a command. */
export const load = createRequire(import.meta.url);

/** Whether the standard variables ask for a signal: an endpoint, or an exporter by name. */
export function configured(signal: Signal, env: NodeJS.ProcessEnv): boolean {
  const exporter = env[`OTEL_${signal.toUpperCase()}_EXPORTER`];
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || exporter === 'none') return false;
  const endpoint = env[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`];
  return Boolean(env.OTEL_EXPORTER_OTLP_ENDPOINT || endpoint || exporter);
}

/** The resource of all signals: `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` come first. */
export function resourceOf({ version = '', runId, attributes = {} }: ResourceOptions): resources.Resource {
  const { resources } = load('@opentelemetry/sdk-node') as typeof import('@opentelemetry/sdk-node');
  const ours = resources.resourceFromAttributes({
    'service.name': 'weir',
    'service.version': version,
    ...(runId !== undefined && { 'service.instance.id': runId }),
    ...attributes,
  });
  const named = resources.detectResources({ detectors: [resources.envDetector] });
  return resources.defaultResource().merge(ours).merge(named);
}

/** Waits for a task, but no longer than so many milliseconds; what it throws is dropped. */
export async function within(ms: number, task: () => Promise<void>): Promise<void> {
  let timer: { unsubscribe(): void } | undefined;
  const late = new Promise<void>((resolve) => {
    timer = macrotask.schedule(resolve, ms);
  });
  await Promise.race([task().catch(() => {}), late]);
  timer?.unsubscribe();
}

/** A whole number of milliseconds of a variable, or what it is without one. */
export function milliseconds(name: string, otherwise: number): number {
  const value = Number(process.env[name] || otherwise);
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}
