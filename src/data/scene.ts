import { show, wholeNumber } from '../base/index.ts';
import { outlines } from './outlines.ts';

/** The shapes by label. */
export const shapeNames = Object.keys(outlines) as (keyof typeof outlines)[];

/** What a caption of `shapes` says: numbers of `shapeAttributes`. */
export interface ShapeAttributes {
  readonly shape: number;
  readonly colour: number;
  readonly size: number;
  readonly place: number;
}

/**
 * What an example of `shapes` shows: one coloured shape. Lengths are in sides of the image, y
 * downwards.
 */
export interface ShapeScene {
  readonly shape: keyof typeof outlines;
  /** Red, green and blue, 0 to 1. */
  readonly colour: readonly [number, number, number];
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** In radians. */
  readonly rotation: number;
  readonly attributes: ShapeAttributes;
  /** Such as `a large red circle at the left`. */
  readonly caption: string;
}

const colours = {
  red: [0.9, 0.15, 0.15],
  orange: [0.97, 0.53, 0.1],
  yellow: [0.95, 0.9, 0.2],
  green: [0.2, 0.7, 0.25],
  blue: [0.2, 0.4, 0.95],
  purple: [0.6, 0.25, 0.8],
  pink: [0.98, 0.6, 0.75],
  white: [0.95, 0.95, 0.95],
} as const;
const colourNames = Object.keys(colours) as (keyof typeof colours)[];

/** Red, green and blue by the number of the colour, 0 to 1, before the shade of an example. */
export const shapeColours: readonly (readonly [number, number, number])[] = Object.values(colours);
/** The colour of an example is that times this, give or take 0.07. */
export const usualShade = 0.93;

const radii = { small: 0.15, medium: 0.21, large: 0.28 } as const;
const sizeNames = Object.keys(radii) as (keyof typeof radii)[];

const places = [
  'at the top left',
  'at the top',
  'at the top right',
  'at the left',
  'in the centre',
  'at the right',
  'at the bottom left',
  'at the bottom',
  'at the bottom right',
] as const;

/** The words for the attributes of a scene, by their numbers. */
export const shapeAttributes = {
  shape: shapeNames as readonly string[],
  colour: colourNames as readonly string[],
  size: sizeNames as readonly string[],
  place: places as readonly string[],
} as const;

/** The words of all captions. */
export const sceneWords = [...new Set(Object.values(shapeAttributes).flat().join(' ').split(' ')), 'a'];

/** The caption of a scene with these attributes. @throws RangeError for a number that is none */
export function captionOf(attributes: ShapeAttributes): string {
  const [size, colour, shape, place] = (['size', 'colour', 'shape', 'place'] as const).map((name) => {
    const names = shapeAttributes[name];
    return names[wholeNumber(name, attributes[name], 0, names.length - 1)]!;
  });
  return `a ${size} ${colour} ${shape} ${place}`;
}

/** What a caption of `shapes` says. @throws RangeError for a text that is no such caption */
export function attributesOf(caption: string): ShapeAttributes {
  const [, size, colour, shape, place] = /^a (\w+) (\w+) (\w+) (.+)$/.exec(caption) ?? [];
  const number = (names: readonly string[], word: string | undefined) => {
    const found = names.indexOf(word ?? '');
    if (found >= 0) return found;
    throw new RangeError(
      `caption: expected a caption of shapes such as "a large red circle at the left", got ${show(caption)}`,
    );
  };
  return {
    shape: number(shapeAttributes.shape, shape),
    colour: number(shapeAttributes.colour, colour),
    size: number(shapeAttributes.size, size),
    place: number(shapeAttributes.place, place),
  };
}

/** A rule that scenes are chosen by. Its name goes into the fingerprint of the data. */
export interface SceneRule {
  readonly name: string;
  holds(attributes: ShapeAttributes): boolean;
}

/**
 * Of the 64 pairs of shape and colour the eight of which the sum of both numbers is a multiple of
 * 8: each shape and each colour once. A network that combines words is tested by them.
 */
export const heldOutPairs: SceneRule = {
  name: 'held-out',
  holds: ({ shape, colour }) => (shape + colour) % 8 === 0,
};

/** What goes into the fingerprint of `shapes`. */
export const sceneConstants = { shapeNames, colours, radii, places };

/** How many random words a scene takes. */
export const wordsPerScene = 10;

/** The scene of `wordsPerScene` random words. */
export function sceneOf(words: ArrayLike<number>): ShapeScene {
  const choose = (word: number, choices: readonly unknown[]) =>
    Math.floor((words[word]! / 2 ** 32) * choices.length);
  const spread = (word: number, most: number) => (words[word]! / 2 ** 31 - 1) * most;

  const attributes = {
    shape: choose(0, shapeNames),
    colour: choose(1, colourNames),
    size: choose(2, sizeNames),
    place: choose(3, places),
  };
  const { place } = attributes;
  const radius = radii[sizeNames[attributes.size]!] * (1 + spread(4, 0.08));
  // The outlines reach 1.15 radii: this far from the centre no shape leaves the image, nor with the
  // spread below.
  const reach = 0.5 - 1.15 * radius - 0.03;
  const shade = usualShade + spread(8, 0.07);
  return {
    shape: shapeNames[attributes.shape]!,
    colour: colours[colourNames[attributes.colour]!].map((part) => part * shade) as [number, number, number],
    x: 0.5 + ((place % 3) - 1) * reach + spread(5, 0.02),
    y: 0.5 + (Math.floor(place / 3) - 1) * reach + spread(6, 0.02),
    radius,
    rotation: spread(7, 0.15),
    attributes,
    caption: captionOf(attributes),
  };
}
