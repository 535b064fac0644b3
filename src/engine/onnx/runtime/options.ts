import type { InferenceSession } from 'onnxruntime-node';
import { oneOf, wholeNumber } from '../../../base/index.ts';

/** How the runtime is installed, for errors of those who need it. */
export const installRuntime =
  'Install it with ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node@1.30.0';

/** Where the graphs are executed. */
export type Provider = 'cpu' | 'webgpu' | 'cuda';

/** How the compiled engine executes its graphs. */
export interface OnnxOptions {
  /** Threads that share one operation, from 1. @default 1 */
  readonly threads?: number;
  /** @default 'cpu' */
  readonly provider?: Provider;
}

/** @throws RangeError naming the option */
export function checkedOptions({ threads = 1, provider = 'cpu' }: OnnxOptions): Required<OnnxOptions> {
  return {
    threads: wholeNumber('threads', threads, 1, 1024),
    provider: oneOf('provider', provider, ['cpu', 'webgpu', 'cuda']),
  };
}

/** The options of onnxruntime for the engine's. */
export function sessionOptions({
  threads,
  provider,
}: Required<OnnxOptions>): InferenceSession.SessionOptions {
  return {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Threads that spin while they wait slow other processes on the same cores by up to 5 times.
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    logSeverityLevel: 4,
  };
}
