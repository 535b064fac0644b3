import type { Tensor } from '@tensorflow/tfjs-core';
import { fold, type Key, type Value } from '../../engine/index.ts';

/**
 * A random change of images, [count, height, width, channels], that the critic sees in place of
 * them, real and fake alike. Gradients go through it.
 */
export interface CriticAugmentation {
  readonly name: string;
  /**
   * What is random in it for a batch, by name: a row for each image.
   * @param shape of the images, [count, height, width, channels]
   */
  draw(shape: readonly number[], key: Key): Readonly<Record<string, Value>>;
  /** The images changed by what was drawn, in the same shape. */
  apply(images: Tensor, drawn: Readonly<Record<string, Tensor>>): Tensor;
}

/** Real and fake images are changed by different draws. */
export type AugmentedSide = 'real' | 'fake';

const inputName = (side: AugmentedSide, { name }: CriticAugmentation, draw: string) =>
  `augment-${side}-${name}-${draw}`;

/** The inputs of a step by which the images of a side are changed. */
export function augmentationInputs(
  augmentations: readonly CriticAugmentation[],
  side: AugmentedSide,
  shape: readonly number[],
  key: Key,
): Record<string, Value> {
  return Object.fromEntries(
    augmentations.flatMap((augmentation) =>
      Object.entries(augmentation.draw(shape, fold(key, `augment/${side}/${augmentation.name}`))).map(
        ([draw, value]) => [inputName(side, augmentation, draw), value],
      ),
    ),
  );
}

/** The images of a side with all changes, one after the other. */
export function applyAugmentations(
  augmentations: readonly CriticAugmentation[],
  side: AugmentedSide,
  images: Tensor,
  inputs: Readonly<Record<string, Tensor>>,
): Tensor {
  return augmentations.reduce((x, augmentation) => {
    const { name } = augmentation;
    const prefix = inputName(side, augmentation, '');
    const drawn = Object.entries(inputs)
      .filter(([input]) => input.startsWith(prefix))
      .map(([input, value]) => [input.slice(prefix.length), value] as const);
    if (drawn.length === 0) throw new TypeError(`${name}: expected the inputs ${prefix}..., got none`);
    return augmentation.apply(x, Object.fromEntries(drawn));
  }, images);
}

/** Refuses examples that are no images, and a change that is listed twice. @throws RangeError */
export function requireAugmentable(
  name: string,
  augmentations: readonly CriticAugmentation[],
  shape: readonly number[],
): void {
  if (augmentations.length === 0) return;
  if (shape.length !== 3)
    throw new RangeError(
      `${name}: augmentations: expected none but for images, [height, width, channels], got examples of [${shape}]`,
    );
  const names = augmentations.map((augmentation) => augmentation.name);
  const twice = names.find((one, i) => names.indexOf(one) !== i);
  if (twice !== undefined)
    throw new RangeError(`${name}: augmentations: expected each at most once, got ${twice} twice`);
}
