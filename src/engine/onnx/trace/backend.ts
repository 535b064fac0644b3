import * as tf from '@tensorflow/tfjs-core';
import type { Data, DType } from '../../value.ts';
import { constant, filled } from '../build.ts';
import { ProgramNotCompilableError } from '../errors.ts';
import type { Node } from '../graph.ts';
import { kernels } from './kernels/table.ts';

/** The name under which TensorFlow.js knows the backend that records. */
export const backendName = 'weir-trace';

/**
 * Constants with more elements than this, if they differ, are refused: they are data or chance
 * rather than code.
 */
const largestConstant = 64;

/**
 * A backend of TensorFlow.js whose kernels compute nothing: each records what it would compute as a
 * node of a graph.
 */
export class TraceBackend extends tf.KernelBackend {
  readonly #nodes = new WeakMap<object, Node>();

  /** A tensor of TensorFlow.js that represents a node. */
  tensorOf(node: Node): tf.Tensor {
    const info = { dataId: this.#record(node), shape: [...node.shape], dtype: node.dtype };
    return tf.engine().makeTensorFromTensorInfo(info, this);
  }

  /** The node that a tensor represents; a tensor of another backend becomes a constant. */
  nodeOf({ dataId, shape, dtype }: tf.TensorInfo): Node {
    const known = this.#nodes.get(dataId);
    if (known !== undefined) return known;
    const home = tf.engine().state.tensorInfo.get(dataId)?.backend;
    if (home === undefined) throw new ProgramNotCompilableError('a tensor that has been disposed is used');
    return bake(home.readSync(dataId), shape, dtype);
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    return this.#record(bake(values, shape, dtype));
  }

  override readSync(): never {
    throw new ProgramNotCompilableError(
      'a value is read while the program is compiled (dataSync, arraySync, data, array, print). ' +
        'Give it back as an output and read that, or compute with tensors (tf.where instead of if)',
    );
  }

  override async read(): Promise<never> {
    return this.readSync();
  }

  /** Nodes are found through their tensors and go with them. */
  override disposeData(): boolean {
    return true;
  }

  override incRef(): void {}

  override refCount(): number {
    return 1;
  }

  override numDataIds(): number {
    return 0;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {}

  /** Calls a kernel: tensors in, a tensor (or a list of them) out. */
  call(kernel: string, inputs: tf.NamedTensorInfoMap, attributes: unknown): tf.TensorInfo | tf.TensorInfo[] {
    const given = Object.entries(inputs).filter(([, input]) => input != null);
    const nodes = Object.fromEntries(given.map(([name, input]) => [name, this.nodeOf(input!)]));
    const infoOf = (node: Node) => ({
      dataId: this.#record(node),
      shape: [...node.shape],
      dtype: node.dtype,
    });
    const result = kernels[kernel]!(nodes, (attributes ?? {}) as never);
    return Array.isArray(result) ? result.map(infoOf) : infoOf(result);
  }

  #record(node: Node): object {
    const dataId = {};
    this.#nodes.set(dataId, node);
    return dataId;
  }
}

function bake(values: tf.BackendValues, shape: readonly number[], dtype: tf.DataType): Node {
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool')
    throw new ProgramNotCompilableError(
      `tensors of type ${dtype} are not supported; use float32, int32 or bool`,
    );
  const data = typed(values as ArrayLike<number>, dtype);
  if (isUniform(data)) return filled(data[0] ?? 0, shape, dtype);
  if (data.length > largestConstant)
    throw new ProgramNotCompilableError(
      `a constant of shape [${shape}] would be baked into the program. Random numbers, batches and whatever changes ` +
        'are inputs of a program; a table that stays the same is a leaf of its state, passed on as it is, or computed from ' +
        'tf.range (for tf.eye: tf.oneHot(tf.range(0, n, 1, "int32"), n))',
    );
  return constant(data.slice(), shape, dtype);
}

function isUniform(data: Data): boolean {
  for (let i = 1; i < data.length; i++) if (!Object.is(data[i], data[0])) return false;
  return true;
}

/** The values themselves where they are of the right type already: they may be many. */
function typed(values: ArrayLike<number>, dtype: DType): Data {
  if (values instanceof Float32Array && dtype === 'float32') return values;
  if (dtype === 'float32') return Float32Array.from(values);
  return dtype === 'int32' ? Int32Array.from(values) : Uint8Array.from(values);
}

/**
 * The backend, registered with TensorFlow.js together with its kernels when it is first asked for.
 */
export function traceBackend(): TraceBackend {
  const known = tf.findBackend(backendName);
  if (known instanceof TraceBackend) return known;
  const backend = new TraceBackend();
  tf.registerBackend(backendName, () => backend, 0);
  for (const kernelName of Object.keys(kernels))
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs }) => backend.call(kernelName, inputs, attrs),
    });
  return backend;
}
