import type { Tensor } from '@tensorflow/tfjs-core';
import { hostEngine, type Program, type Session, type Tree, Value } from '../../engine/index.ts';
import type { Layer } from '../../models/index.ts';
import type { HostNetwork } from './host-network.ts';

/**
 * Any layer on the host, on the reference engine, which answers at once: slower than `HostMlp`, and
 * the same on every machine.
 */
export class HostLayer implements HostNetwork {
  readonly #program: Program;
  readonly #inputs: number;
  readonly #outputs: Float64Array;
  #session: Session | undefined;

  /** A network without weights until they are loaded. */
  constructor(layer: Layer, { inputs, outputs }: { readonly inputs: number; readonly outputs: number }) {
    this.#inputs = inputs;
    this.#outputs = new Float64Array(outputs);
    this.#program = {
      name: 'act',
      run: (state, { x }) => {
        const parameters = { weights: state as Tree<Tensor>, buffers: {} };
        return { state, outputs: { y: layer.apply(parameters, x as Tensor, false).y } };
      },
    };
  }

  load(weights: Tree<Value>): void {
    if (this.#session === undefined) this.#session = hostEngine().open(weights);
    else this.#session.write(weights);
  }

  run(observations: ArrayLike<number>, at = 0): Float64Array {
    const x = new Float32Array(this.#inputs);
    for (let i = 0; i < x.length; i++) x[i] = observations[at + i]!;
    const input = new Value('float32', [1, this.#inputs], x);
    const { y } = this.#session!.run(this.#program, { x: input }) as Tree<Value>;
    this.#outputs.set((y as Value).data);
    return this.#outputs;
  }

  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }
}
