import type { InferenceSession } from 'onnxruntime-node';
import { type Data, Value } from '../../value.ts';
import type { Model } from '../emit/emit.ts';
import { sessionOptions } from './options.ts';
import type { LoadedModel, ModelOptions, Operand, Runtime } from './runtime.ts';

/**
 * A tensor of the public interface, which cannot be written into: what a run makes takes its place.
 */
class Replaced {
  value: Value;

  constructor(value: Value) {
    this.value = value;
  }

  release(): void {}
}

/** onnxruntime by the JavaScript interface of onnxruntime-node. */
export async function publicRuntime(): Promise<Runtime> {
  const ort = await import('onnxruntime-node');
  // Errors are thrown; onnxruntime would print them on the console as well.
  ort.env.logLevel = 'fatal';

  const hostValue = (operand: Operand) => (operand instanceof Value ? operand : operand.value);

  async function run(
    session: InferenceSession,
    { inputs, outputs }: Model,
    from: readonly Operand[],
    into: readonly Operand[],
  ): Promise<void> {
    const feeds = inputs.map(({ name }, i) => {
      const { dtype, data, shape } = hostValue(from[i]!);
      return [name, new ort.Tensor(dtype, data, shape)] as const;
    });
    const results = await session.run(
      Object.fromEntries(feeds),
      outputs.map(({ name }) => name),
    );
    for (const [i, { name, shape, dtype }] of outputs.entries()) {
      const data = results[name]!.data as Data;
      const target = into[i]!;
      if (target instanceof Replaced) target.value = new Value(dtype, shape, data);
      else hostValue(target).data.set(data);
    }
  }

  return {
    version: ort.env.versions.node ?? ort.env.versions.common,
    inPlace: false,
    tensor: (value) => new Replaced(value),
    async load(model, options): Promise<LoadedModel> {
      const session = await ort.InferenceSession.create(model.bytes, publicOptions(options));
      return {
        run: (from, into) => run(session, model, from, into),
        endProfiling: () => session.endProfiling(),
        release: () => void session.release(),
      };
    },
  };
}

function publicOptions({ profileTo, ...options }: ModelOptions): InferenceSession.SessionOptions {
  if (profileTo === undefined) return sessionOptions(options);
  return { ...sessionOptions(options), enableProfiling: true, profileFilePrefix: profileTo };
}
