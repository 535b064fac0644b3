import type { Tree, Value } from '../../engine/index.ts';
import type { Layer } from '../../models/index.ts';
import { HostMlp } from './host-mlp.ts';
import { type PerceptronOptions, type PerceptronShape, perceptron } from './perceptron.ts';

/** The numbers that go into a network of an agent and come out of it. */
export type NetworkShape = Omit<PerceptronShape, keyof PerceptronOptions>;

/** A network on the host, for one observation at a time. */
export interface HostNetwork {
  /** Takes the weights of the layer; they are kept as they are, not copied. */
  load(weights: Tree<Value>): void;
  /**
   * The outputs for the observation that begins at `observations[at]`. They are overwritten by the
   * next call.
   */
  run(observations: ArrayLike<number>, at?: number): Float64Array;
}

/** One network of an agent: as a layer in programs, and on the host. */
export interface AgentNetwork {
  readonly layer: Layer;
  /** The same function on the host, without weights. */
  host(): HostNetwork;
}

/** A network of dense layers of the widths and the activation. @throws RangeError */
export function agentNetwork(options: PerceptronOptions, shape: NetworkShape): AgentNetwork {
  const whole = { ...shape, ...options };
  return { layer: perceptron(whole), host: () => new HostMlp(whole) };
}
