import { EngineUnavailableError } from '../../errors.ts';
import { directRuntime } from './direct-runtime.ts';
import { installRuntime, type OnnxOptions } from './options.ts';
import { publicRuntime } from './public-runtime.ts';
import type { Runtime } from './runtime.ts';

/**
 * Loads onnxruntime. On the CPU it takes the C interface, which writes results in place. The
 * JavaScript interface copies every result and waits for the event loop; it serves other providers,
 * and the CPU where the C interface does not load.
 * @throws EngineUnavailableError when onnxruntime-node is not installed or does not load on this
 * machine
 */
export async function loadRuntime({ provider }: Pick<Required<OnnxOptions>, 'provider'>): Promise<Runtime> {
  const direct = provider === 'cpu' ? await directRuntime() : undefined;
  if (direct !== undefined) return direct;
  return publicRuntime().catch((cause: unknown) => {
    throw new EngineUnavailableError(
      `engine onnx: onnxruntime-node does not load here. ${installRuntime}, or take the engine wasm`,
      { cause },
    );
  });
}
