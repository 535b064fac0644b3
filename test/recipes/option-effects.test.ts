import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf } from '../../src/engine/index.ts';
import { ganOptions } from '../../src/recipes/gan/gan-options.ts';
import { imageNetworkOptions } from '../../src/recipes/gan/image-network-options.ts';
import { findRecipe } from '../../src/recipes/index.ts';
import { tiny } from './first-step.ts';
import { differences, effectsOf, gansFor } from './option-effects.ts';

type Set = Readonly<Record<string, number | string>>;

/** What the players of a recipe train, where it is not their own network alone. */
const trains: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'ac-gan': { critic: ['classifier', 'critic'] },
  'info-gan': { critic: ['codes', 'critic'], generator: ['codes', 'generator'] },
  bigan: { generator: ['encoder', 'generator'] },
  ali: { generator: ['encoder', 'generator'] },
  mrgan: { generator: ['encoder', 'generator'] },
  vae: { coder: ['encoder', 'generator'] },
};
const trainedBy = (recipe: string, player: string) => trains[recipe]?.[player] ?? [player];
const averaged: Readonly<Record<string, string>> = { 'semi-supervised': 'critic', vae: 'none' };

/** What changes in the weights when a player moves in another way. */
function moves(recipe: string, player: string): string[] {
  const networks = trainedBy(recipe, player);
  const average = networks.includes(averaged[recipe] ?? 'generator') ? ['average'] : [];
  return [...networks, ...average].map((network) => `weights:${network}`);
}

/** What changes when a player learns something else, from its first turn on. */
const learns = (...players: string[]) => ({
  changes: (recipe: string) =>
    players.flatMap((player) => [
      `values:${player}`,
      `slots:${player}/mean`,
      `slots:${player}/square`,
      ...moves(recipe, player),
    ]),
});
/** What a penalty changes: the critic. */
const punishes = {
  changes: (recipe: string) => [
    'values:critic',
    'weights:critic',
    ...(recipe === 'historical-averaging' ? ['slots:critic/inner'] : ['slots:critic/square']),
    // RMSProp has no mean.
    ...(['wgan', 'historical-averaging'].includes(recipe) ? [] : ['slots:critic/mean']),
  ],
  // What is trained on its features sees the change in the second step, in the last bits.
  mayChange: ['weights:classifier', 'weights:codes'],
};
const shapes = (...networks: string[]) => ({ changes: () => networks.map((network) => `shape:${network}`) });

const playersOf = (recipe: string) =>
  recipe === 'vae' ? ['coder'] : ['critic', 'generator', ...(recipe === 'vae-gan' ? ['encoder'] : [])];
const coded = ['bigan', 'ali', 'mrgan', 'vae', 'vae-gan'];
const withEncoder = (recipe: string) => (coded.includes(recipe) ? ['shape:encoder'] : []);
const withAverage = (recipe: string) => (recipe in averaged ? [] : ['shape:average']);
const rates = (recipe: string) => playersOf(recipe).map((player) => `rate:${player}`);
const slots = (slot: string) => (recipe: string) =>
  playersOf(recipe).flatMap((player) => [
    `slots:${player}/${recipe === 'historical-averaging' ? 'inner' : slot}`,
    ...moves(recipe, player),
  ]);

const everyMove = (recipe: string) => playersOf(recipe).flatMap((player) => moves(recipe, player));

interface Effect {
  /** The other value of the option. */
  readonly to?: number | string;
  /** All that it changes in a recipe, and nothing else. */
  changes(recipe: string): readonly string[];
  /** What it changes by so little that it may be rounded away. */
  readonly mayChange?: readonly string[];
}

/**
 * The options that many recipes share: hidden layers of points, and filters of images, which points
 * have none of.
 */
const shared: Readonly<Record<string, Effect>> = {
  'critic-steps': { to: 3, changes: () => ['schedule'] },
  'critic-below': { to: 0.3, changes: () => ['gates'] },
  'critic-rate': { to: 0.02, changes: (recipe) => ['rate:critic', ...moves(recipe, 'critic')] },
  'generator-rate': {
    to: 0.02,
    changes: (recipe) =>
      playersOf(recipe)
        .filter((player) => player !== 'critic')
        .flatMap((player) => [`rate:${player}`, ...moves(recipe, player)]),
  },
  'rate-schedule': { to: 'linear', changes: rates },
  'decay-factor': { to: 0.5, changes: rates },
  'decay-from': { to: 8, changes: rates },
  'warm-up': { to: 3, changes: (recipe) => [...rates(recipe), ...everyMove(recipe)] },
  'max-grad-norm': {
    to: 1e-4,
    // RMSProp has no mean.
    changes: (recipe) => [...(recipe === 'wgan' ? [] : slots('mean')(recipe)), ...slots('square')(recipe)],
  },
  accumulate: {
    to: 2,
    changes: (recipe) => [...playersOf(recipe).map((player) => `values:${player}`), ...everyMove(recipe)],
  },
  'decay-to': { to: 7, changes: rates },
  beta1: { to: 0.3, changes: slots('mean') },
  beta2: { to: 0.7, changes: slots('square') },
  average: { to: 0.7, changes: () => ['weights:average'] },
  // n of the average is 0 at first: a decay of 1/10.
  'average-warm-up': { to: 'yes', changes: () => ['shape:averaged'] },
  // Of images only.
  augment: { to: 'none', changes: () => [] },
  'penalty-kind': { to: 'zero-centred', ...punishes },
  penalty: { to: 3, ...punishes },
  'penalty-every': { to: 2, ...punishes },
  latent: {
    to: 3,
    changes: (recipe) => [
      'shape:generator',
      ...withAverage(recipe),
      ...withEncoder(recipe),
      ...(recipe === 'bigan' || recipe === 'ali' ? ['shape:critic'] : []),
    ],
  },
  width: {
    to: 5,
    changes: (recipe) => [
      'shape:generator',
      ...withAverage(recipe),
      ...withEncoder(recipe),
      ...(recipe === 'vae' ? [] : ['shape:critic']),
      // The average of semi-supervised is one of the critic.
      ...(recipe === 'semi-supervised' ? ['shape:average'] : []),
      ...({ 'ac-gan': ['shape:classifier'], 'info-gan': ['shape:codes'] }[recipe] ?? []),
    ],
  },
  depth: {
    to: 2,
    changes: (recipe) => [
      'shape:generator',
      ...withAverage(recipe),
      ...withEncoder(recipe),
      ...(recipe === 'vae' ? [] : ['shape:critic']),
      ...(recipe === 'semi-supervised' ? ['shape:average'] : []),
    ],
  },
  filters: { to: 3, changes: () => [] },
};

/** The options that a recipe has for itself, with the values that they are changed to. */
const own: Readonly<Record<string, Readonly<Record<string, Effect>>>> = {
  'wgan-gp': {
    sided: { to: 'one', ...punishes },
  },
  wgan: {
    clip: { to: 0.02, changes: () => ['weights:critic'] },
  },
  'f-gan': {
    divergence: { to: 'pearson', ...learns('critic', 'generator') },
    practical: { to: 'no', ...learns('generator') },
  },
  'label-smoothing': { smoothing: { to: 0.3, ...learns('critic') } },
  'minibatch-discrimination': {
    rows: { to: 6, ...shapes('critic') },
    columns: { to: 4, ...shapes('critic') },
  },
  'sn-gan': { loss: { to: 'least-squares', ...learns('critic', 'generator') } },
  'projection-gan': { loss: { to: 'non-saturating', ...learns('critic', 'generator') } },
  'relativistic-gan': {
    pairing: { to: 'paired', ...learns('critic', 'generator') },
    of: { to: 'hinge', ...learns('critic', 'generator') },
  },
  'feature-matching': { metric: { to: 'l1', ...learns('generator') } },
  pacgan: { packing: { to: 4, ...shapes('critic') } },
  'historical-averaging': {
    weight: { to: 0.1, changes: (recipe) => [...moves(recipe, 'critic'), ...moves(recipe, 'generator')] },
  },
  'virtual-batch-norm': { reference: { to: 32, ...shapes('generator') } },
  'unrolled-gan': {
    steps: { to: 2, ...learns('generator') },
    'foreseen-rate': { to: 0.02, ...learns('generator') },
  },
  cgan: {
    'conditioning-augmentation': { to: 1, ...shapes('generator', 'average') },
    loss: { to: 'hinge', ...learns('critic', 'generator') },
    'kl-weight': { to: 2, ...learns('generator') },
  },
  'ac-gan': { 'class-weight': { to: 2, ...learns('critic', 'generator') } },
  mrgan: { geometric: { to: 0.5, ...learns('generator') }, mode: { to: 0.8, ...learns('generator') } },
  // Four times the loss of the generator is four times its gradient, which Adam makes the same step
  // of.
  vae: {
    deviation: {
      to: 0.1,
      changes: (recipe) =>
        learns('coder')
          .changes(recipe)
          .filter((name) => name !== 'weights:generator'),
    },
  },
  'vae-gan': { likeness: { to: 0.5, ...learns('generator') } },
  'info-gan': {
    categories: { to: 4, ...shapes('generator', 'average', 'codes') },
    continuous: { to: 1, ...shapes('generator', 'average', 'codes') },
    information: { to: 2, ...learns('critic', 'generator') },
  },
  'semi-supervised': {
    labels: { to: 5, ...learns('critic') },
    blur: { to: 0.5, ...learns('critic', 'generator') },
    'unlabelled-weight': { to: 2, ...learns('critic') },
  },
};

/** Values without which other options would have nothing to say. */
const base: Set = {
  'critic-steps': 1,
  'critic-below': 0.8,
  'rate-schedule': 'step',
  'decay-from': 4,
  'decay-to': 10,
  average: 0.5,
  'conditioning-augmentation': 2,
  'penalty-kind': 'gradient',
  categories: 3,
};
const baseOf = (recipe: string) =>
  Object.fromEntries(Object.entries(base).filter(([name]) => name in findRecipe(recipe).options));

const points = gansFor('points').map(({ name }) => name);
const effectOf = (recipe: string, option: string) => own[recipe]?.[option] ?? shared[option];

describe.each(points)('an option of %s', (recipe) => {
  const { options } = findRecipe(recipe);

  it('is known here, and reaches what it should and nothing else', async () => {
    // Those of networks for images are refused for points: gan-options.test.ts.
    const known = Object.keys(options).filter((option) => !(option in imageNetworkOptions));
    expect(known.filter((option) => effectOf(recipe, option) === undefined)).toEqual([]);
    const before = await effectsOf(tiny(recipe, baseOf(recipe)));
    for (const option of known) {
      const { to, changes, mayChange = [] } = effectOf(recipe, option)!;
      const after = await effectsOf(tiny(recipe, { ...baseOf(recipe), [option]: to! }));
      const expected = [...new Set(changes(recipe))].sort();
      // With accumulation they are another tree, as its own test says.
      const found = differences(before, after).filter(
        (name) => !mayChange.includes(name) && (option !== 'accumulate' || !name.startsWith('slots:')),
      );
      expect([option, ...found]).toEqual([option, ...expected]);
    }
  });
});

it('names no option here that its recipe does not have', () => {
  for (const [recipe, effects] of Object.entries(own))
    expect(Object.keys(findRecipe(recipe).options)).toEqual(expect.arrayContaining(Object.keys(effects)));
});

const regularisation = ['augment', 'penalty-kind', 'penalty', 'penalty-every'];

it('recipes leave out what reaches nothing in them', () => {
  const left = (recipe: string) =>
    Object.keys(ganOptions).filter((name) => !(name in findRecipe(recipe).options));
  expect(left('vae').sort()).toEqual(
    [
      'critic-steps',
      'critic-below',
      'critic-rate',
      'average',
      'average-warm-up',
      'critic-normalisation',
      ...regularisation,
    ].sort(),
  );
  expect(left('semi-supervised')).toEqual(['critic-below', ...regularisation]);
  expect(left('bigan')).toEqual(regularisation);
  expect(left('gan')).toEqual([]);
});

describe('networks for images', () => {
  const shapesOf = (recipe: string, set: Set) =>
    [...flattenTree(tiny(recipe, set, 'images').system.init(keyOf(1)))].map(
      ([path, { shape }]) => `${path} ${shape}`,
    );
  const images = gansFor('images').map(({ name }) => name);

  it.each(images)('of %s have filters, and no width', (recipe) => {
    const before = shapesOf(recipe, {});
    const networks = [...new Set(before.map((line) => line.split('/')[0]!))].filter(
      // What reads captions does not make images; stage II of stack-gan has filters of its own.
      (name) =>
        !['optimizer', 'marks', 'reader', 'viewer'].includes(name) &&
        !(recipe === 'stack-gan' && /^augment|@2$/.test(name)),
    );
    const after = new Set(shapesOf(recipe, { filters: 4 }));
    for (const network of networks)
      expect(before.filter((line) => line.startsWith(`${network}/`)).some((line) => !after.has(line))).toBe(
        true,
      );
    const ofPoints = 'width' in findRecipe(recipe).options ? { width: 7 } : {};
    expect(shapesOf(recipe, ofPoints)).toEqual(before);
  });

  it.each(['wgan', 'wgan-gp'])(
    'of %s have layers of normalisation in the critic unless told otherwise',
    (recipe) => {
      const [layer, none] = [shapesOf(recipe, {}), shapesOf(recipe, { 'critic-normalisation': 'none' })];
      const gains = (lines: readonly string[]) =>
        lines.filter((line) => /^critic\/.*(?:gain|scale|gamma)/.test(line));
      expect(gains(layer).length).toBeGreaterThan(0);
      expect(gains(none)).toEqual([]);
    },
  );

  it('of sagan attend at a side of the image, half of it where none is named', () => {
    const [half, eight, four] = [0, 8, 4].map((side) => shapesOf('sagan', { 'attention-at': side }));
    expect(half).toEqual(eight);
    expect(four).not.toEqual(eight);
  });
});
