import { Value } from '../engine/index.ts';
import type { ExampleBatch } from './dataset.ts';
import type { DatasetOrigin } from './dataset-origin.ts';
import { DataError, DataMissingError, DecodeWorkerError } from './errors.ts';
import type { BatchRequest } from './shuffled.ts';

/** What a decode worker starts with. */
export interface DecodeJob {
  readonly origin: DatasetOrigin;
  /** Of the data as the run knows it. */
  readonly fingerprint: string;
}

/** A value as it goes to another thread. */
type Sent = Pick<Value, 'dtype' | 'shape' | 'data'>;

/** Why a batch was not read. */
interface Failure {
  readonly message: string;
  /** Of a `DataError`. */
  readonly data?: { readonly file: string; readonly offset: number | undefined };
  /** Of a `DataMissingError`. */
  readonly missing?: { readonly folder: string; readonly lookedFor: string };
}

/** What a worker answers to a `BatchRequest`. */
export type DecodeAnswer = { readonly index: number } & (
  | {
      readonly examples: Sent;
      readonly labels: Sent | undefined;
      readonly parts: readonly (readonly [name: string, value: Sent])[] | undefined;
    }
  | { readonly failure: Failure }
);

const sent = ({ dtype, shape, data }: Value): Sent => ({ dtype, shape, data });
const received = ({ dtype, shape, data }: Sent): Value => new Value(dtype, shape, data);

/** A batch as a message. */
export function batchAnswer(index: number, { examples, labels, parts }: ExampleBatch): DecodeAnswer {
  return {
    index,
    examples: sent(examples),
    labels: labels && sent(labels),
    parts: parts && Object.entries(parts).map(([name, value]) => [name, sent(value)] as const),
  };
}

/** A failure as a message. */
export function failureAnswer({ index }: Pick<BatchRequest, 'index'>, error: unknown): DecodeAnswer {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DataMissingError) {
    const { folder, lookedFor } = error;
    return { index, failure: { message, missing: { folder, lookedFor } } };
  }
  if (!(error instanceof DataError)) return { index, failure: { message } };
  const { file, offset } = error;
  return { index, failure: { message, data: { file, offset } } };
}

/**
 * The batch of a message.
 * @throws DataError, DataMissingError, DecodeWorkerError: the failure of one
 */
export function batchOf(answer: DecodeAnswer): ExampleBatch {
  if ('failure' in answer) throw errorOf(answer.failure);
  const { examples, labels, parts } = answer;
  return {
    examples: received(examples),
    ...(labels && { labels: received(labels) }),
    ...(parts && { parts: Object.fromEntries(parts.map(([name, value]) => [name, received(value)])) }),
  };
}

function errorOf({ message, data, missing }: Failure): Error {
  if (missing !== undefined) return new DataMissingError(missing.folder, missing.lookedFor);
  if (data === undefined) return new DecodeWorkerError(message);
  const { file, offset } = data;
  const before = new DataError(file, offset, '').message;
  return new DataError(file, offset, message.slice(before.length));
}
