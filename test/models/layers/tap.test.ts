import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { dense, relu, sequential, tap, tapOf } from '../../../src/models/index.ts';
import { requireTap } from '../../../src/models/layers/tap.ts';
import { applied, compute, noise } from '../support.ts';

const plain = sequential([dense(3), relu(), dense(1)]);
const shown = sequential([dense(3), tap('features', relu()), tap('score', dense(1))]);
const x = noise('x', [4, 2]);

it('changes nothing but what is shown', () => {
  const { weights, buffers } = plain.init(keyOf(1), [2]);
  expect(shown.init(keyOf(1), [2])).toEqual({
    weights,
    buffers,
    shape: [1],
    taps: { features: [3], score: [1] },
  });
  expect(applied(shown, x)).toEqual(applied(plain, x));
});

it('shows the outputs of its layer, through any nesting', () => {
  const nested = sequential([sequential([tap('features', sequential([dense(3), relu()]))]), dense(1)]);
  const { weights } = nested.init(keyOf(1), [2]);
  const { taps, expected } = compute({ weights, x }, (given) => {
    const inner = (given.weights as never)['0' as never]['0' as never];
    return {
      taps: { ...nested.apply({ weights: given.weights as never, buffers: {} }, given.x, true).taps },
      expected: sequential([dense(3), relu()]).apply({ weights: inner, buffers: {} }, given.x, true).y,
    };
  });
  expect(taps).toEqual({ features: expected });
});

it('refuses a network without the output that a term reads', () => {
  const initial = (network: typeof plain) => network.init(keyOf(1), [2]);
  expect(() => requireTap(initial(shown), 'features')).not.toThrow();
  for (const network of [undefined, initial(plain)])
    expect(() => requireTap(network, 'features')).toThrow(
      "features: expected a network that shows it (tap('features', layer)), got one that shows nothing",
    );
});

describe('tapOf', () => {
  it('returns the tap of a name, and names the layer to add where there is none', () => {
    const x = tf.scalar(1);
    expect(tapOf({ features: x }, 'features')).toBe(x);
    expect(() => tapOf({ codes: x }, 'features')).toThrow(
      new TypeError(
        "features: expected a network that shows it (tap('features', layer)), got one that shows codes",
      ),
    );
    expect(() => tapOf({}, 'features')).toThrow('got one that shows nothing');
    x.dispose();
  });
});
