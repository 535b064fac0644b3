import { outlines } from './outlines.ts';

/** The shapes by label. */
export const shapeNames = Object.keys(outlines) as (keyof typeof outlines)[];

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

/** What goes into the fingerprint of `shapes`. */
export const sceneConstants = { shapeNames, colours, radii, places };

/** How many random words a scene takes. */
export const wordsPerScene = 10;

/** The scene of `wordsPerScene` random words. */
export function sceneOf(words: ArrayLike<number>): ShapeScene {
  const choose = <T>(word: number, choices: readonly T[]): T =>
    choices[Math.floor((words[word]! / 2 ** 32) * choices.length)]!;
  const spread = (word: number, most: number) => (words[word]! / 2 ** 31 - 1) * most;

  const shape = choose(0, shapeNames);
  const colourName = choose(1, colourNames);
  const sizeName = choose(2, sizeNames);
  const place = choose(3, places);
  const radius = radii[sizeName] * (1 + spread(4, 0.08));
  // The outlines reach 1.15 radii: this far from the centre no shape leaves the image, nor with the
  // spread below.
  const reach = 0.5 - 1.15 * radius - 0.03;
  const position = places.indexOf(place);
  const shade = 0.93 + spread(8, 0.07);
  return {
    shape,
    colour: colours[colourName].map((part) => part * shade) as [number, number, number],
    x: 0.5 + ((position % 3) - 1) * reach + spread(5, 0.02),
    y: 0.5 + (Math.floor(position / 3) - 1) * reach + spread(6, 0.02),
    radius,
    rotation: spread(7, 0.15),
    caption: `a ${sizeName} ${colourName} ${shape} ${place}`,
  };
}
