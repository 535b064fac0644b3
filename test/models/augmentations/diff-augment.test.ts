import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { differentiate, keyOf, Value } from '../../../src/engine/index.ts';
import {
  augmentColor,
  augmentCutout,
  augmentFlip,
  augmentTranslation,
  type CriticAugmentation,
  dense,
  diffAugment,
  gan,
  nonSaturating,
  sequential,
  sgd,
  train,
} from '../../../src/models/index.ts';
import { both, bothNames, compute, expectClose, noise } from '../support.ts';

/** Images changed by given draws, and the gradient of a weighted sum of what comes out. */
function changed(
  augmentation: CriticAugmentation,
  images: Value,
  drawn: Readonly<Record<string, Value>>,
  name: (typeof bothNames)[number],
  weights = images,
) {
  return compute(
    { images, drawn, weights },
    ({ images, drawn, weights }) => {
      const y = augmentation.apply(images as Tensor, drawn as Record<string, Tensor>);
      const { gradients } = differentiate({ x: images as Tensor }, ({ x }) => ({
        loss: tf.sum(tf.mul(augmentation.apply(x, drawn as Record<string, Tensor>), weights as Tensor)),
        extra: {},
      }));
      return { y, gradient: gradients.x };
    },
    both[name],
  );
}

const rows = (...numbers: readonly number[]) => Value.of(numbers, [numbers.length, 1, 1]);
const each = (...numbers: readonly number[]) => Value.of(numbers, [numbers.length, 1, 1, 1]);

describe.each(bothNames)('the augmentations of images on %s', (name) => {
  it('color: brightness, then saturation about the pixel, then contrast about the image', () => {
    const images = Value.of([1, 3, 0, 0], [1, 1, 2, 2]);
    const drawn = { brightness: each(0.5), saturation: each(2), contrast: each(0.5) };
    const { y } = changed(augmentColor(), images, drawn, name);
    // Bright: 1.5, 3.5, 0.5, 0.5. Twice as far from 2.5 and 0.5: 0.5, 4.5, 0.5, 0.5. Half as far
    // from their mean 1.5.
    expectClose(y, [1, 3, 1, 1]);
  });

  it('translation moves each image by its own pixels, and gradients move back', () => {
    const images = Value.of([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6], [2, 2, 3, 1]);
    const drawn = { rows: rows(1, 0), columns: rows(-1, 2) };
    const { y, gradient } = changed(augmentTranslation(), images, drawn, name);
    expectClose(y, [0, 0, 0, 2, 3, 0, 0, 0, 1, 0, 0, 4]);
    // The weight at the place that a pixel is moved to; 0 where it leaves the image.
    expectClose(gradient, [0, 4, 5, 0, 0, 0, 3, 0, 0, 6, 0, 0]);
  });

  it('cutout sets a rectangle to 0, and its gradient too', () => {
    const images = Value.filled([2, 4, 4, 1], 1);
    // Two pixels each way: 0 and 1 by 2 and 3; and only the corner, the rest being outside.
    const drawn = { rows: rows(0.5, -0.5), columns: rows(2.5, -0.5) };
    const { y, gradient } = changed(augmentCutout(), images, drawn, name);
    const first = [1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1];
    const second = [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    expectClose(y, [...first, ...second]);
    expectClose(gradient, [...first, ...second]);
  });

  it('flip mirrors from left to right', () => {
    const images = Value.of([1, 2, 3, 1, 2, 3], [2, 1, 3, 1]);
    const { y, gradient } = changed(augmentFlip(), images, { mirrored: rows(1, 0) }, name);
    expectClose(y, [3, 2, 1, 1, 2, 3]);
    expectClose(gradient, [3, 2, 1, 1, 2, 3]);
  });

  it.each([augmentColor(), augmentTranslation(), augmentCutout(), augmentFlip()])(
    '$name can be differentiated twice',
    (augmentation) => {
      const images = noise('images', [2, 6, 5, 2]);
      const drawn = augmentation.draw(images.shape, keyOf(3));
      const twice = (scale: number) =>
        compute(
          { x: images, drawn },
          ({ x, drawn }) => {
            const square = (at: Tensor) => {
              const { gradients } = differentiate({ at }, ({ at }) => ({
                loss: tf.sum(tf.pow(augmentation.apply(at, drawn as Record<string, Tensor>), 3)),
                extra: {},
              }));
              return tf.sum(tf.square(gradients.at));
            };
            const at = tf.mul(x as Tensor, scale);
            return {
              value: square(at),
              ...differentiate({ at }, ({ at }) => ({ loss: square(at), extra: {} })).gradients,
            };
          },
          both[name],
        ) as unknown as { value: Value; at: Value };
      // Along the image itself; sextic in it, but for the brightness.
      const slope = (twice(1.01).value.data[0]! - twice(0.99).value.data[0]!) / 0.02;
      const along = [...twice(1).at.data].reduce((sum, g, i) => sum + g * images.data[i]!, 0);
      expect(along / slope).toBeCloseTo(1, 2);
    },
  );
});

describe('the draws', () => {
  const shape = [400, 16, 12, 3];
  const range = ({ data }: Value) => [Math.min(...data), Math.max(...data)];

  it('are those of DiffAugment, equal by an equal key', () => {
    const color = augmentColor().draw(shape, keyOf(1));
    for (const [draw, low, high] of [
      ['brightness', -0.5, 0.5],
      ['saturation', 0, 2],
      ['contrast', 0.5, 1.5],
    ] as const) {
      const [least, most] = range(color[draw]!);
      expect(least).toBeGreaterThanOrEqual(low);
      expect(most).toBeLessThanOrEqual(high);
      expect(most! - least!).toBeGreaterThan(0.9 * (high - low));
    }
    // An eighth of 16 and of 12, rounded.
    const shifts = augmentTranslation().draw(shape, keyOf(1));
    expect(range(shifts.rows!)).toEqual([-2, 2]);
    expect(new Set(shifts.columns!.data)).toEqual(new Set([-2, -1, 0, 1, 2]));
    // Half of 16 is even: its first pixel is from -4 to 12, the centre 3.5 behind it.
    expect(range(augmentCutout().draw(shape, keyOf(1)).rows!)).toEqual([-0.5, 15.5]);
    expect(new Set(augmentFlip().draw(shape, keyOf(1)).mirrored!.data)).toEqual(new Set([0, 1]));
    for (const augmentation of diffAugment(['color', 'translation', 'cutout', 'flip'])) {
      expect(augmentation.draw(shape, keyOf(1))).toEqual(augmentation.draw(shape, keyOf(1)));
      expect(augmentation.draw(shape, keyOf(1))).not.toEqual(augmentation.draw(shape, keyOf(2)));
    }
  });
});

/** A critic that adds all pixels, and a generator that puts out its biases. */
const system = (augmentations: readonly CriticAugmentation[], outputs = 8) =>
  gan({
    critic: sequential([sum]),
    generator: sequential([dense(outputs, { kernel: (_, shape) => Value.filled(shape, 0) }), picture]),
    latent: 1,
    loss: nonSaturating(),
    augmentations,
    optimizers: { critic: sgd({ rate: 0.1 }), generator: sgd({ rate: 0.1 }) },
  });
const sum = {
  init: () => ({ weights: { scale: Value.of([1]) }, buffers: {}, shape: [1] }),
  apply: ({ weights, buffers }: { weights: object; buffers: object }, x: Tensor) => ({
    y: tf.mul(tf.sum(tf.reshape(x, [x.shape[0]!, -1]), 1, true), (weights as { scale: Tensor }).scale),
    buffers,
  }),
} as never;
const picture = {
  init: () => ({ weights: {}, buffers: {}, shape: [4, 2, 1] }),
  apply: ({ buffers }: { buffers: object }, x: Tensor) => ({ y: tf.reshape(x, [-1, 4, 2, 1]), buffers }),
} as never;

describe('in a GAN', () => {
  /** Adds 1 to every pixel, and counts for which sides it is drawn. */
  const shift = (drawn: string[] = []): CriticAugmentation => ({
    name: 'shift',
    draw: ([count = 0], key) => {
      drawn.push(`${key.high}`);
      return { by: Value.filled([count, 1, 1, 1], 1) };
    },
    apply: (x, { by }) => tf.add(x, by!),
  });
  const batch = { examples: Value.filled([4, 4, 2, 1], 0.5) };

  it.each(bothNames)(
    'the critic sees real and fake through it, in the steps of both players, on %s',
    (name) => {
      const keys: string[] = [];
      const trainer = train(system([shift(keys)]), both[name], { seed: 2 });
      const first = trainer.step({ index: 0, player: 'critic', batch }) as { values: Record<string, number> };
      expect(first.values.realScore).toBeCloseTo(8 * 1.5, 5);
      expect(first.values.fakeScore).toBeCloseTo(8, 5);
      expect(new Set(keys).size).toBe(2);
      const second = trainer.step({ index: 1, player: 'generator', batch }) as {
        values: Record<string, number>;
      };
      expect(second.values.fakeScore).not.toBeCloseTo(0, 1);
      expect(keys.length).toBe(3);
      trainer.close();
    },
  );

  it('leaves samples as the generator makes them', async () => {
    const trainer = train(system([shift()]), both.cpu, { seed: 2 });
    expect(new Set((await trainer.sample(2)).data)).toEqual(new Set([0]));
    trainer.close();
  });

  it('refuses points, a name twice, an unknown name and what is no augmentation', () => {
    const nets = { critic: dense(1), generator: dense(2), latent: 1, loss: nonSaturating() };
    const optimizers = { critic: sgd({ rate: 0.1 }), generator: sgd({ rate: 0.1 }) };
    expect(() => gan({ ...nets, optimizers, augmentations: diffAugment() })).toThrow(
      'gan: augmentations: expected none but for images, [height, width, channels], got examples of [2]',
    );
    expect(() => system([augmentFlip(), augmentFlip()])).toThrow(
      'gan: augmentations: expected each at most once, got flip twice',
    );
    expect(() => diffAugment(['colour' as 'color'])).toThrow(
      'diffAugment: policy: expected one of color, translation, cutout, flip, got "colour"',
    );
    expect(() => system(['flip' as never])).toThrow(
      'gan: augmentations: 0: expected an augmentation such as augmentColor()',
    );
    expect(() => augmentTranslation(2)).toThrow('augmentTranslation: ratio: expected a finite number');
    expect(() => augmentCutout(-1)).toThrow('augmentCutout: ratio: expected a finite number');
  });
});
