import type { Tensor } from '@tensorflow/tfjs-core';
import type { Initial, Layer } from './layer.ts';

/**
 * A layer whose output is shown under a name while it flows on: what a head, a projection or
 * feature matching looks at. It has the parameters of the layer, under the same names.
 */
export function tap(name: string, layer: Layer): Layer {
  return {
    init(key, shape, inputs) {
      const initial = layer.init(key, shape, inputs);
      return { ...initial, taps: { ...initial.taps, [name]: initial.shape } };
    },
    apply(parameters, x, training, condition) {
      const applied = layer.apply(parameters, x, training, condition);
      return { ...applied, taps: { ...applied.taps, [name]: applied.y } };
    },
  };
}

/** The tap of a layer's output. @throws TypeError when the network shows none of the name */
export function tapOf(taps: Readonly<Record<string, Tensor>>, name: string): Tensor {
  const found = taps[name];
  if (found === undefined) throw withoutTap(name, taps);
  return found;
}

const withoutTap = (name: string, taps: object) =>
  new TypeError(
    `${name}: expected a network that shows it (tap('${name}', layer)), got one that shows ${Object.keys(taps).join(', ') || 'nothing'}`,
  );

/** Refuses a network without the named output that a term reads. @throws TypeError */
export function requireTap(network: Initial | undefined, name: string): void {
  if (network?.taps?.[name] === undefined) throw withoutTap(name, network?.taps ?? {});
}
