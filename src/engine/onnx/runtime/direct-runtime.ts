import { withCleanupSync } from '../../../base/index.ts';
import { type DType, Value } from '../../value.ts';
import type { Model } from '../emit/emit.ts';
import { type CApi, openCApi, type Pointer } from './c-api.ts';
import type { LoadedModel, ModelOptions, Operand, Runtime, Tensor } from './runtime.ts';

/** The numbers of the enumerations of the C interface. */
const elementTypes: Readonly<Record<DType, number>> = { float32: 1, int32: 6, bool: 9 };
const [fatal, allOptimizations, deviceAllocator, defaultMemory] = [4, 99, 0, 0];

let opened: Promise<Runtime | undefined> | undefined;

/**
 * onnxruntime by its C interface: runs read and write where the tensors lie. Undefined where it
 * cannot be had.
 */
export async function directRuntime(): Promise<Runtime | undefined> {
  opened ??= openCApi()
    .then(runtimeOn)
    .catch(() => undefined);
  return opened;
}

function runtimeOn(api: CApi): Runtime {
  const environment = api.made('CreateEnv', fatal, 'weir');
  const memory = api.made('CreateCpuMemoryInfo', deviceAllocator, defaultMemory);
  return {
    version: api.version,
    inPlace: true,
    tensor: (value) => new Bound(api, memory, value),
    load: (model, options) => new DirectModel(api, memory, session(api, environment, model, options), model),
  };
}

/** A value that onnxruntime knows the place of. */
class Bound implements Tensor {
  readonly value: Value;
  readonly pointer: Pointer;
  readonly #api: CApi;

  constructor(api: CApi, memory: Pointer, value: Value) {
    const { data, shape, dtype } = value;
    const dimensions = BigInt64Array.from(shape, BigInt);
    this.value = value;
    this.#api = api;
    this.pointer = api.made(
      'CreateTensorWithDataAsOrtValue',
      memory,
      api.address(data),
      data.byteLength,
      dimensions,
      shape.length,
      elementTypes[dtype],
    );
  }

  release(): void {
    this.#api.call('ReleaseValue', this.pointer);
  }
}

/** The names of inputs or outputs as C takes them: a list of texts, each ended by a zero. */
class Names {
  readonly pointers: BigUint64Array;
  readonly #texts: readonly Buffer[];

  constructor(api: CApi, ports: Model['inputs']) {
    this.#texts = ports.map(({ name }) => Buffer.from(`${name}\0`));
    this.pointers = BigUint64Array.from(this.#texts, (text) => api.address(text));
  }
}

class DirectModel implements LoadedModel {
  readonly #api: CApi;
  readonly #memory: Pointer;
  readonly #session: Pointer;
  readonly #inputs: Names;
  readonly #outputs: Names;

  constructor(api: CApi, memory: Pointer, session: Pointer, { inputs, outputs }: Model) {
    this.#api = api;
    this.#memory = memory;
    this.#session = session;
    this.#inputs = new Names(api, inputs);
    this.#outputs = new Names(api, outputs);
  }

  run(from: readonly Operand[], into: readonly Operand[]): void {
    const borrowed: Bound[] = [];
    const pointers = (operands: readonly Operand[]) =>
      BigUint64Array.from(operands, (operand) => {
        if (!(operand instanceof Value)) return (operand as Bound).pointer;
        const bound = new Bound(this.#api, this.#memory, operand);
        borrowed.push(bound);
        return bound.pointer;
      });
    try {
      this.#api.call(
        'Run',
        this.#session,
        null,
        this.#inputs.pointers,
        pointers(from),
        from.length,
        this.#outputs.pointers,
        into.length,
        pointers(into),
      );
    } finally {
      for (const bound of borrowed) bound.release();
    }
  }

  endProfiling(): void {
    const allocator = this.#api.made('GetAllocatorWithDefaultOptions');
    const path = this.#api.made('SessionEndProfiling', this.#session, allocator);
    this.#api.call('AllocatorFree', allocator, path);
  }

  release(): void {
    this.#api.call('ReleaseSession', this.#session);
  }
}

/**
 * A session with what `sessionOptions` asks of the public interface, so that both compute the same
 * bits.
 */
function session(
  api: CApi,
  environment: Pointer,
  model: Model,
  { threads, profileTo }: ModelOptions,
): Pointer {
  const options = api.made('CreateSessionOptions');
  return withCleanupSync(
    () => {
      api.call('SetSessionLogSeverityLevel', options, fatal);
      api.call('SetSessionGraphOptimizationLevel', options, allOptimizations);
      api.call('SetIntraOpNumThreads', options, threads);
      api.call('SetInterOpNumThreads', options, 1);
      api.call('AddSessionConfigEntry', options, 'session.intra_op.allow_spinning', '0');
      if (profileTo !== undefined) api.call('EnableProfiling', options, profileTo);
      const { bytes } = model;
      return api.made('CreateSessionFromArray', environment, bytes, bytes.byteLength, options);
    },
    () => api.call('ReleaseSessionOptions', options),
  );
}
