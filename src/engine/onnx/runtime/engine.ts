import type { Engine, Memory, Session } from '../../engine.ts';
import { EngineUnavailableError } from '../../errors.ts';
import type { Tree } from '../../tree.ts';
import { Value } from '../../value.ts';
import { add, parameter } from '../build.ts';
import { compile } from '../compile.ts';
import { loadRuntime } from './load-runtime.ts';
import { checkedOptions, type OnnxOptions, type Provider } from './options.ts';
import { ProgramCache } from './program-cache.ts';
import type { Runtime } from './runtime.ts';
import { OnnxSession } from './session.ts';

/**
 * The compiled engine: every program becomes one ONNX graph, when it is first run with tensors of
 * its shapes.
 * @throws EngineUnavailableError when onnxruntime-node or the provider cannot be had on this
 * machine
 */
export async function onnxEngine(options: OnnxOptions = {}): Promise<Engine> {
  const checked = checkedOptions(options);
  const runtime = await loadRuntime(checked);
  await probe(runtime, checked);
  return new OnnxEngine(runtime, checked);
}

const advice: Readonly<Record<Provider, string>> = {
  cpu: 'this processor is not supported by onnxruntime-node; take the engine wasm',
  webgpu: 'it needs a graphics driver with Vulkan, Metal or Direct3D 12; take the engine onnx',
  cuda: 'it needs CUDA 12 and cuDNN 9, and ONNXRUNTIME_NODE_INSTALL=cuda12 when onnxruntime-node is installed; take the engine onnx',
};

/** Executes a minimal graph, since a provider fails only when it runs. */
async function probe(runtime: Runtime, options: Required<OnnxOptions>): Promise<void> {
  const x = parameter('input/x', [1], 'float32');
  const model = compile('probe', new Map([['output/y', add(x, x)]]));
  try {
    const loaded = await runtime.load(model, options);
    await loaded.run([Value.of([1])], [Value.of([0])]);
    loaded.release();
  } catch (cause) {
    const reason = `onnxruntime cannot compute with ${options.provider} here: ${advice[options.provider]}`;
    throw new EngineUnavailableError(`engine ${nameOf(options.provider)}: ${reason}`, { cause });
  }
}

function nameOf(provider: Provider): string {
  return provider === 'cpu' ? 'onnx' : `onnx:${provider}`;
}

class OnnxEngine implements Engine {
  readonly name: string;
  readonly description: string;
  readonly #runtime: Runtime;
  readonly #options: Required<OnnxOptions>;
  readonly #programs = new ProgramCache();
  readonly #sessions = new Set<OnnxSession>();

  constructor(runtime: Runtime, options: Required<OnnxOptions>) {
    const { threads, provider } = options;
    this.name = nameOf(provider);
    const on = provider === 'cpu' ? `${threads} thread${threads === 1 ? '' : 's'}` : provider;
    const slower = provider === 'cpu' && !runtime.inPlace ? ', results copied since koffi does not load' : '';
    this.description = `compiled steps on ONNX Runtime ${runtime.version}, ${on}${slower}`;
    this.#runtime = runtime;
    this.#options = options;
  }

  open(state: Tree<Value>): Session {
    const session = new OnnxSession(
      {
        runtime: this.#runtime,
        options: this.#options,
        programs: this.#programs,
        closed: (which) => this.#sessions.delete(which),
      },
      state,
    );
    this.#sessions.add(session);
    return session;
  }

  memory(): Memory {
    const tensors = [...this.#sessions].flatMap((session) => [...session.tensors]);
    const bytes = tensors.reduce((sum, { value }) => sum + value.data.byteLength, 0);
    return { tensors: tensors.length, bytes };
  }
}
