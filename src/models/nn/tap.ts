import type { Layer } from './layer.ts';

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
