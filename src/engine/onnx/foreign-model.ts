import type { InferenceSession } from 'onnxruntime-node';
import { WeirError } from '../../base/index.ts';
import { EngineUnavailableError } from '../errors.ts';
import { type Data, type DType, Value } from '../value.ts';
import { checkedOptions, installRuntime, type OnnxOptions, sessionOptions } from './runtime/options.ts';

/** A foreign ONNX file cannot be used; the message says why. */
export class ForeignModelError extends WeirError {
  readonly code = 'FOREIGN_MODEL';
  readonly kind = 'input';
}

/**
 * What goes into a model or comes out of it; a dimension that is not fixed has a name or is
 * undefined.
 */
export interface ModelPort {
  readonly name: string;
  readonly shape: readonly (number | string | undefined)[];
}

/** An ONNX file that Weir did not write, ready to be run. */
export interface ForeignModel {
  readonly inputs: readonly ModelPort[];
  readonly outputs: readonly ModelPort[];
  /**
   * @param inputs tensors by name. @returns the outputs of type float32 and int32 by name. @throws
   * ForeignModelError
   */
  run(inputs: Readonly<Record<string, Value>>): Promise<Readonly<Record<string, Value>>>;
  close(): void;
}

/**
 * Loads an ONNX file: a feature network that was exported elsewhere, for instance.
 * @throws ForeignModelError when it is none; EngineUnavailableError where onnxruntime is not
 * installed
 */
export async function openForeignModel(bytes: Uint8Array, options: OnnxOptions = {}): Promise<ForeignModel> {
  const ort = await import('onnxruntime-node').catch((cause: unknown) => {
    throw new EngineUnavailableError(
      `ONNX files need onnxruntime-node, which does not load here. ${installRuntime}`,
      { cause },
    );
  });
  ort.env.logLevel = 'fatal';
  const session = await ort.InferenceSession.create(bytes, sessionOptions(checkedOptions(options))).catch(
    refuse,
  );
  return {
    inputs: session.inputMetadata.map(portOf),
    outputs: session.outputMetadata.map(portOf),
    async run(inputs) {
      const feeds = Object.fromEntries(
        Object.entries(inputs).map(([name, { dtype, data, shape }]) => [
          name,
          new ort.Tensor(dtype, data, shape),
        ]),
      );
      const results = await session.run(feeds).catch(refuse);
      return Object.fromEntries(
        Object.entries(results)
          .filter(([, { type }]) => type === 'float32' || type === 'int32')
          .map(([name, { type, data, dims }]) => [
            name,
            new Value(type as DType, dims, (data as Data).slice()),
          ]),
      );
    },
    close: () => void session.release(),
  };
}

function portOf(metadata: InferenceSession.ValueMetadata): ModelPort {
  return { name: metadata.name, shape: metadata.isTensor ? metadata.shape : [] };
}

function refuse(cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new ForeignModelError(
    `onnx: expected a model that onnxruntime runs, got one that it refuses: ${why}`,
    { cause },
  );
}
