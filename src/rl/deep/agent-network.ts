import { type Layer, sequential } from '../../models/index.ts';
import { HostLayer } from './host-layer.ts';
import { HostMlp } from './host-mlp.ts';
import type { HostNetwork } from './host-network.ts';
import { headLayer, type PerceptronOptions, type PerceptronShape, perceptron } from './perceptron.ts';

/**
 * A network of an agent: widths of dense layers, or a layer of one's own. Such a layer takes an
 * observation as a list of numbers (`reshape` makes a picture of it) and gives a list of any
 * length; the agent's output layer follows it.
 */
export type NetworkOptions = PerceptronOptions | Layer;

/** The numbers that go into a network of an agent and come out of it. */
export type NetworkShape = Omit<PerceptronShape, keyof PerceptronOptions>;

/** One network of an agent: as a layer in programs, and on the host. */
export interface AgentNetwork {
  readonly layer: Layer;
  /** The same function on the host, without weights. */
  host(): HostNetwork;
}

/**
 * The network of the options with its output layer.
 * @throws RangeError for widths that are none; at `init` for a layer that has buffers, or that does
 * not take the observation
 */
export function agentNetwork(options: NetworkOptions, shape: NetworkShape): AgentNetwork {
  if (!('apply' in options)) {
    const whole = { ...shape, ...options };
    return { layer: perceptron(whole), host: () => new HostMlp(whole) };
  }
  const layer = sequential([plainLayer(options), headLayer(shape)]);
  return { layer, host: () => new HostLayer(layer, shape) };
}

/** The layer itself, which must have no buffers: an agent acts between updates, and saves none. */
function plainLayer(layer: Layer): Layer {
  return {
    init(key, shape, inputs) {
      const initial = layer.init(key, shape, inputs);
      const names = Object.keys(initial.buffers);
      if (names.length > 0)
        throw new RangeError(
          `network: expected a layer without buffers (running averages), got one with ${names.join(', ')}`,
        );
      if (initial.shape.length !== 1)
        throw new RangeError(
          `network: expected a layer that gives a list of numbers, got [${initial.shape}]; flatten() last`,
        );
      return initial;
    },
    apply: layer.apply,
  };
}
