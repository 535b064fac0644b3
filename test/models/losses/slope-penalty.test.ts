import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { differentiate, type Engine, keyOf, type Tree, uniforms, Value } from '../../../src/engine/index.ts';
import {
  conv2d,
  dense,
  elu,
  flatten,
  interpolateExamples,
  type Layer,
  layerNorm,
  leakyRelu,
  relu,
  type Sided,
  sequential,
  slopePenalty,
  softplus,
  tanh,
} from '../../../src/models/index.ts';
import { compute, engineNames, engines, expectClose, noise } from '../support.ts';

/** The penalty of a linear critic with this slope, at three points. */
function linear(slope: readonly number[], sided: Sided, engine: Engine) {
  const w = Value.of(slope, [slope.length, 1]);
  return compute(
    { w, x: noise('x', [3, slope.length]) },
    ({ w, x }) =>
      differentiate({ w }, (at) => {
        const { penalty, gradientNorm } = slopePenalty((x) => tf.matMul(x, at.w), x, sided);
        return { loss: tf.mul(10, penalty), extra: { gradientNorm } };
      }),
    engine,
  );
}

describe.each(engineNames)('slopePenalty of a linear critic on %s', (name) => {
  it.each([
    [[3, 4], 'two', 5, 160, [48, 64]],
    [[3, 4], 'one', 5, 160, [48, 64]],
    [[0.3, 0.4], 'two', 0.5, 2.5, [-6, -8]],
    [[0.3, 0.4], 'one', 0.5, 0, [0, 0]],
    [[0, -1], 'two', 1, 0, [0, 0]],
  ] as const)('slope %j, %s-sided, lambda 10', (slope, sided, norm, loss, gradient) => {
    const run = linear(slope, sided, engines[name]);
    expectClose(run.extra.gradientNorm, [norm]);
    expectClose(run.loss, [loss]);
    expectClose(run.gradients.w, gradient);
  });

  it.each(['two', 'one'] as const)('has a finite gradient where the critic is flat (%s-sided)', (sided) => {
    const run = linear([0, 0], sided, engines[name]);
    expectClose(run.loss, [sided === 'two' ? 10 : 0]);
    expect(run.gradients.w).toEqual(Value.filled([2, 1], 0));
  });

  it('takes the norm over all numbers of an example, for each example by itself', () => {
    const x = Value.of([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2, 1]);
    const { gradientNorm, penalty } = compute(
      { x },
      ({ x }) => ({
        ...slopePenalty((at) => tf.reshape(tf.sum(tf.square(at), [1, 2, 3]), [2, 1]), x),
      }),
      engines[name],
    );
    const norms = [2 * Math.sqrt(1 + 4 + 9 + 16), 2 * Math.sqrt(25 + 36 + 49 + 64)];
    expectClose(gradientNorm, [(norms[0]! + norms[1]!) / 2]);
    expectClose(penalty, [((norms[0]! - 1) ** 2 + (norms[1]! - 1) ** 2) / 2]);
  });
});

/** The penalty of a critic at x and its gradient by every weight. */
function penaltyOf(critic: Layer, weights: Tree<Value>, x: Value, sided: Sided, engine: Engine) {
  return compute(
    { weights, x },
    ({ weights, x }) =>
      differentiate(weights as Tree<Tensor>, (at) => {
        const score = (x: Tensor) => critic.apply({ weights: at, buffers: {} }, x, true).y;
        return { loss: slopePenalty(score, x, sided).penalty, extra: {} };
      }),
    engine,
  );
}

const points = (activation: () => Layer) =>
  sequential([dense(6), activation(), dense(5), activation(), dense(1)]);

const convolutions = (activation: () => Layer) =>
  sequential([conv2d(3), activation(), conv2d(4), layerNorm(), activation(), flatten(), dense(1)]);

/**
 * By name: a critic, the shape of its examples, and the step of the differences: short where there
 * are kinks.
 */
const critics: readonly (readonly [string, Layer, readonly number[], number])[] = [
  ['relu', points(relu), [2], 1e-3],
  ['leaky relu', points(leakyRelu), [2], 1e-3],
  ['tanh', points(tanh), [2], 1e-2],
  ['softplus', points(softplus), [2], 1e-2],
  ['elu', points(elu), [2], 1e-3],
  ['tanh behind layer norm', sequential([dense(6), layerNorm(), tanh(), dense(1)]), [2], 1e-2],
  ['convolutions, leaky relu and layer norm', convolutions(leakyRelu), [4, 4, 1], 1e-3],
  ['convolutions, tanh and layer norm', convolutions(tanh), [8, 8, 1], 1e-2],
];

describe.each(critics)('the second derivative of a critic of %s', (_, critic, shape, step) => {
  const { weights } = critic.init(keyOf(5), shape);
  const x = noise('second', [3, ...shape]);
  const paths = (tree: Tree<Value>, change: (value: Value, path: string) => Value, at = ''): Tree<Value> =>
    Object.fromEntries(
      Object.entries(tree).map(([name, node]) => [
        name,
        node instanceof Value ? change(node, `${at}/${name}`) : paths(node, change, `${at}/${name}`),
      ]),
    );
  const direction = (path: string, size: number) => uniforms(keyOf(6, path), [size], -1, 1).data;

  it.each(engineNames)('agrees with differences of the penalty (%s)', (name) => {
    const at = (distance: number) => {
      const moved = paths(weights, ({ data, shape }, path) =>
        Value.of(
          data.map((w, i) => w + distance * direction(path, data.length)[i]!),
          shape,
        ),
      );
      return penaltyOf(critic, moved, x, 'two', engines[name]).loss.data[0]!;
    };
    const slope = (at(-2 * step) - 8 * at(-step) + 8 * at(step) - at(2 * step)) / (12 * step);
    let [along, squares, lengths] = [0, 0, 0];
    paths(penaltyOf(critic, weights, x, 'two', engines[name]).gradients as Tree<Value>, (gradient, path) => {
      const d = direction(path, gradient.data.length);
      gradient.data.forEach((g, i) => {
        along += g * d[i]!;
        squares += g * g;
        lengths += d[i]! ** 2;
      });
      return gradient;
    });
    expect(squares).toBeGreaterThan(0.01);
    expect(Math.abs(along - slope) / Math.sqrt(squares * lengths)).toBeLessThan(1e-3);
  });

  it.each(['two', 'one'] as const)('is the same on cpu and wasm (%s-sided)', (sided) => {
    const [cpu, wasm] = engineNames.map((name) => penaltyOf(critic, weights, x, sided, engines[name]));
    expectClose(wasm!.loss, cpu!.loss, 1e-5);
    const expected = cpu!.gradients as Tree<Value>;
    paths(wasm!.gradients as Tree<Value>, (gradient, path) => {
      const leaf = path
        .slice(1)
        .split('/')
        .reduce<Tree<Value> | Value>((node, part) => (node as Tree<Value>)[part]!, expected);
      expectClose(gradient, leaf as Value, 1e-4);
      return gradient;
    });
  });
});

describe('slopePenalty', () => {
  it('refuses a critic that gives more than one score for an example', () => {
    const x = noise('x', [3, 2]);
    expect(() => compute({ x }, ({ x }) => ({ ...slopePenalty((at) => at, x) }))).toThrow(
      new RangeError('slopePenalty: expected scores of [3,1], got [3,2]'),
    );
  });
});

describe('interpolate', () => {
  it.each(engineNames)('is fake at mix 0 and real at mix 1, with a mix for each example (%s)', (name) => {
    const real = Value.of([1, 2, 3, 4, 10, 20, 30, 40, 0, 0, 0, 0], [3, 2, 2, 1]);
    const fake = Value.of([5, 6, 7, 8, 50, 60, 70, 80, 4, 8, 12, 16], [3, 2, 2, 1]);
    const mix = Value.of([0, 1, 0.25], [3, 1, 1, 1]);
    const { y } = compute(
      { real, fake, mix },
      (at) => ({ y: interpolateExamples(at.real, at.fake, at.mix) }),
      engines[name],
    );
    expect(y).toEqual(Value.of([5, 6, 7, 8, 10, 20, 30, 40, 3, 6, 9, 12], [3, 2, 2, 1]));
  });

  it.each([
    [[3, 2], [3, 2], [3], 'interpolate: expected a mix of [3,1], got [3]'],
    [[3, 2], [3, 2], [3, 2], 'interpolate: expected a mix of [3,1], got [3,2]'],
    [[3, 2], [3, 2], [1, 3], 'interpolate: expected a mix of [3,1], got [1,3]'],
    [[3, 2], [2, 2], [3, 1], 'interpolate: expected fake examples of [3,2], got [2,2]'],
  ])('refuses real %j, fake %j, mix %j', (real, fake, mix, message) => {
    const inputs = {
      real: Value.filled(real, 0),
      fake: Value.filled(fake, 0),
      mix: Value.filled(mix, 0),
    };
    expect(() => compute(inputs, (at) => ({ y: interpolateExamples(at.real, at.fake, at.mix) }))).toThrow(
      new RangeError(message),
    );
  });
});
