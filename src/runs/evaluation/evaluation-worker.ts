import { parentPort, workerData } from 'node:worker_threads';
import { type Data, type DType, Value } from '../../engine/index.ts';
import { type Evaluated, evaluate } from '../../evaluation/index.ts';
import type { RunConfig } from '../directory/run-directory.ts';
import { openAssembly } from '../open-assembly.ts';
import { openEvaluator } from './run-evaluation.ts';

/** The weights of a run at a step, as they go to another thread. */
export interface Snapshot {
  readonly index: number;
  readonly state: { readonly index: number; readonly [name: string]: unknown };
  readonly tensors: readonly (readonly [
    path: string,
    tensor: { readonly dtype: DType; readonly shape: readonly number[]; readonly data: Data },
  ])[];
}

/** What comes back. */
export type WorkerAnswer = { readonly evaluated: Evaluated } | { readonly error: string };

/** The thread's own copy of the run: it never trains, and takes the weights of each snapshot. */
async function open(config: RunConfig) {
  // The run itself has reported what is left out.
  const { assembly, engine } = await openAssembly(config, { engine: config.engine, warn: () => {} });
  if (assembly.kind !== 'gan') throw new TypeError(`evaluation: expected a GAN, got ${config.recipe}`);
  return { assembly, evaluator: await openEvaluator(config.evaluation!, assembly.dataset, engine) };
}

async function scored(
  opened: ReturnType<typeof open>,
  { index, state, tensors }: Snapshot,
): Promise<WorkerAnswer> {
  try {
    const { assembly, evaluator } = await opened;
    const values = tensors.map(
      ([path, { dtype, shape, data }]) => [path, new Value(dtype, shape, data)] as const,
    );
    assembly.learner.restore({ tensors: new Map(values), state });
    const found: Evaluated[] = [];
    await evaluate({
      evaluator,
      draw: (count, seed) => assembly.trainer.sample(count, seed),
      onScores: (evaluated) => void found.push(evaluated),
    })({ index: index - 1 });
    return { evaluated: found[0]! };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

if (parentPort !== null) {
  const port = parentPort;
  const opened = open(workerData as RunConfig);
  // The first answer that is awaited rejects with it; until then it must not count as an unhandled
  // rejection.
  opened.catch(() => undefined);
  port.on('message', async (snapshot: Snapshot) => port.postMessage(await scored(opened, snapshot)));
}
