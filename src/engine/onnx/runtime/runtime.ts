import { createRequire } from 'node:module';
import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import { EngineUnavailableError } from '../../errors.ts';

export type Tensors = Readonly<Record<string, Tensor>>;

/** A model that onnxruntime has loaded. Where it can, it answers at once; otherwise with promises. */
export interface LoadedModel {
  run(feeds: Tensors, fetches: Readonly<Record<string, null>>): Tensors | Promise<Tensors>;
  /** Writes the profile, if profiling was asked for. */
  endProfiling(): void;
  release(): void;
}

/** onnxruntime, as far as an engine needs it. */
export interface Runtime {
  readonly version: string;
  readonly Tensor: TensorConstructor;
  load(model: Uint8Array, options: InferenceSession.SessionOptions): LoadedModel | Promise<LoadedModel>;
}

/** The native session below the public one, which answers at once. */
interface NativeSession {
  loadModel(buffer: ArrayBufferLike, offset: number, length: number, options: object): void;
  run(feeds: Tensors, fetches: object, options: object): Tensors;
  endProfiling(): void;
  dispose(): void;
}

interface NativeBinding {
  readonly binding: { readonly InferenceSession: new () => NativeSession };
  readonly initOrt: () => void;
}

/**
 * `native` is whether to take the native session where it is there.
 * @throws EngineUnavailableError when onnxruntime-node is not installed or does not load on this machine
 */
export async function loadRuntime(options: { readonly native?: boolean } = {}): Promise<Runtime> {
  const ort = await import('onnxruntime-node').catch((cause: unknown) => {
    throw new EngineUnavailableError(
      'engine onnx: onnxruntime-node does not load here. Install it with ' +
        'ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node, or take --engine wasm',
      { cause },
    );
  });
  // What goes wrong is thrown; onnxruntime would tell it on the console besides.
  ort.env.logLevel = 'fatal';
  const native = options.native === false ? undefined : nativeBinding();
  return {
    version: ort.env.versions.node ?? ort.env.versions.common,
    Tensor: ort.Tensor,
    load: (model, options) =>
      native === undefined
        ? loadPublic(ort.InferenceSession, model, options)
        : loadNative(native, model, options),
  };
}

/**
 * A step takes as little as 0.1 ms, and the public session waits for a turn of the event loop before each. So the
 * engine takes the native session, if it is there and looks as it did; otherwise the public one does.
 */
function nativeBinding(): NativeBinding | undefined {
  try {
    const found = createRequire(import.meta.url)(
      'onnxruntime-node/dist/binding.js',
    ) as Partial<NativeBinding>;
    const prototype = found.binding?.InferenceSession?.prototype as Partial<NativeSession> | undefined;
    const methods = [
      found.initOrt,
      prototype?.loadModel,
      prototype?.run,
      prototype?.dispose,
      prototype?.endProfiling,
    ];
    return methods.every((method) => typeof method === 'function') ? (found as NativeBinding) : undefined;
  } catch {
    return undefined;
  }
}

function loadNative({ binding, initOrt }: NativeBinding, model: Uint8Array, options: object): LoadedModel {
  initOrt();
  const session = new binding.InferenceSession();
  session.loadModel(model.buffer, model.byteOffset, model.byteLength, options);
  return {
    run: (feeds, fetches) => session.run(feeds, fetches, {}),
    endProfiling: () => session.endProfiling(),
    release: () => session.dispose(),
  };
}

async function loadPublic(
  sessions: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  },
  model: Uint8Array,
  options: InferenceSession.SessionOptions,
): Promise<LoadedModel> {
  const session = await sessions.create(model, options);
  return {
    run: (feeds, fetches) => session.run(feeds, fetches) as Promise<Tensors>,
    endProfiling: () => session.endProfiling(),
    release: () => void session.release(),
  };
}
