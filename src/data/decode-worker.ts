import { parentPort, workerData } from 'node:worker_threads';
import type { Dataset } from './dataset.ts';
import { batchAnswer, type DecodeAnswer, type DecodeJob, failureAnswer } from './decode-protocol.ts';
import { DecodeWorkerError } from './errors.ts';
import { openDataset } from './open-dataset.ts';
import type { BatchRequest } from './shuffled.ts';

/** The thread's own copy of the data. @throws DecodeWorkerError where it is not that of the run */
async function open({ origin, fingerprint }: DecodeJob): Promise<Dataset> {
  // The run itself has reported what is left out.
  const dataset = await openDataset(origin.spec, { ...origin.options, warn: () => {} });
  if (dataset.fingerprint === fingerprint) return dataset;
  throw new DecodeWorkerError(
    `${origin.spec}: expected data that stays as it was when the run opened it, and it has changed`,
  );
}

async function answered(opened: Promise<Dataset>, request: BatchRequest): Promise<DecodeAnswer> {
  try {
    return batchAnswer(request.index, (await opened).read(request.numbers, request.positions));
  } catch (error) {
    return failureAnswer(request, error);
  }
}

/** The memory of a batch, which goes to the other thread without a copy. */
function memoryOf(answer: DecodeAnswer): ArrayBuffer[] {
  if ('failure' in answer) return [];
  const values = [answer.examples, answer.labels, ...(answer.parts ?? []).map(([, value]) => value)];
  // Of a dataset that shares its memory among batches, only a copy may go.
  return values.flatMap((value) =>
    value !== undefined && value.data.byteLength === value.data.buffer.byteLength
      ? [value.data.buffer as ArrayBuffer]
      : [],
  );
}

if (parentPort !== null) {
  const port = parentPort;
  const opened = open(workerData as DecodeJob);
  // The first answer that is awaited rejects with it; until then it must not count as an unhandled
  // rejection.
  opened.catch(() => undefined);
  port.on('message', async (request: BatchRequest) => {
    const answer = await answered(opened, request);
    port.postMessage(answer, memoryOf(answer));
  });
}
