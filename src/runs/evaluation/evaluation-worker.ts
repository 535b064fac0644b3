import { parentPort, workerData } from 'node:worker_threads';
import { monotonicSeconds } from '../../base/index.ts';
import { Value } from '../../engine/index.ts';
import type { RunConfig } from '../directory/run-config.ts';
import { openAssembly } from '../open-assembly.ts';
import { openScorer } from './scorer.ts';
import type { Snapshot, WorkerAnswer } from './worker-protocol.ts';

/** The thread's own copy of the run: it never trains, and takes the weights of each snapshot. */
async function open(config: RunConfig) {
  // The run itself has reported what is left out.
  const { assembly, engine } = await openAssembly(config, { engine: config.engine, warn: () => {} });
  return { assembly, scorer: await openScorer(assembly, config.evaluation!, engine) };
}

async function scored(
  opened: ReturnType<typeof open>,
  { index, state, tensors }: Snapshot,
): Promise<WorkerAnswer> {
  try {
    const { assembly, scorer } = await opened;
    const values = tensors.map(
      ([path, { dtype, shape, data }]) => [path, new Value(dtype, shape, data)] as const,
    );
    assembly.learner.restore({ tensors: new Map(values), state });
    const began = monotonicSeconds();
    const scores = await scorer.score();
    return { evaluated: { index, seconds: monotonicSeconds() - began, values: scores } };
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
