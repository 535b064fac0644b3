import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import * as models from '../../../src/models/index.ts';
import { filesUnder } from '../../support/source-graph.ts';

const { dense, sgd, gaussian } = models;
const layer = dense(1);
const optimizer = sgd({ rate: 0.1 });
const pair = { critic: layer, generator: layer };
const optimizers = { critic: optimizer, generator: optimizer };
const nets = { ...pair, latent: 2, optimizers };
const labelled = { examples: Value.filled([1, 2], 0), labels: Value.of([0]) };
const text = { embedding: 2, examples: Value.filled([1, 2], 0) };
const sources = { part: 'source', shape: [4, 4, 1], draw: () => Value.filled([1, 4, 4, 1], 0) };
const loss = models.hinge();
const matching = models.matchingAware(loss);
const rival = { trains: ['critic'], optimizer };
const codes = { noise: 2, categories: 2, continuous: 0, size: 4, draw: gaussian(4).draw };
const method = () => ({});

/** Of every factory, the options that it cannot do without. */
const required: Readonly<Record<string, object>> = {
  acGan: { ...nets, classes: 3 },
  ali: { ...nets, encoder: layer },
  bigan: { ...nets, encoder: layer },
  codes: { noise: 2 },
  cycleGan: {
    sources,
    source: pair,
    target: pair,
    optimizers: { generators: optimizer, critics: optimizer },
  },
  game: {
    networks: { critic: { layer, input: [2] } },
    players: { critic: { trains: ['critic'], optimizer, loss: method } },
    inputs: method,
    sample: method,
    samplerInputs: method,
  },
  gan: { ...nets, loss },
  growing: { to: 8, fade: 1, stay: 1 },
  infoGan: { ...pair, optimizers, codes },
  lapgan: { coarsest: { ...pair, latent: 2 }, bands: [pair], optimizers },
  mrgan: { ...nets, encoder: layer },
  pix2pix: { ...pair, sources, optimizers },
  progressiveGan: {
    growth: models.growing({ to: 8, fade: 1, stay: 1 }),
    channels: { 4: 2, 8: 2 },
    colours: 1,
    latent: 2,
    optimizers,
  },
  rivals: { critic: rival, generator: rival, loss, make: method },
  semiSupervised: { ...nets, labelled },
  stackGan: { text, augment: 2, first: { ...pair, latent: 2 }, second: pair, loss: matching, optimizers },
  stackedGan: {
    levels: [{ ...pair, encoder: layer, guess: layer }],
    shape: [4],
    classes: 2,
    latent: 2,
    optimizers: { ...optimizers, encoder: optimizer },
  },
  styleStructure: {
    reader: layer,
    structure: { ...pair, latent: gaussian(2) },
    style: { ...pair, latent: gaussian(2) },
    shape: [4, 4, 3],
    optimizers: { ...optimizers, reader: optimizer, joint: optimizer },
  },
  textGan: { ...nets, text, loss: matching },
  vae: { generator: layer, encoder: layer, latent: 2, optimizer },
  vaeGan: { ...nets, encoder: layer, optimizers: { ...optimizers, encoder: optimizer } },
  wgan: nets,
  wganGp: nets,
};

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  Array.isArray(value) ||
  (value?.constructor === Object && !Object.values(value).some((each) => typeof each === 'function'));

/** Options without one of them, and its name; those inside others too. */
function* without(options: object): Generator<readonly [lacking: string, options: object]> {
  for (const [name, value] of Object.entries(options)) {
    if (!/^\d+$/.test(name)) yield [name, { ...options, [name]: undefined }];
    if (!isPlain(value)) continue;
    for (const [inner, left] of without(value)) {
      const whole = Array.isArray(value) ? Object.values(left) : left;
      yield [inner, { ...options, [name]: whole }];
    }
  }
}

const make = (name: string, options: unknown) => () =>
  (models as unknown as Record<string, (options: unknown) => unknown>)[name]!(options);

/** @returns the message of an error for an option, with its name */
function refusal(name: string, options: unknown): string {
  try {
    make(name, options)();
  } catch (error) {
    expect([TypeError, RangeError], String(error)).toContain((error as Error).constructor);
    return (error as Error).message;
  }
  return 'accepted';
}

describe('the factory of a system refuses by name what it cannot do without:', () => {
  it('every one of them is tried', () => {
    const factories = filesUnder('src/models/systems', '.ts').flatMap(({ text }) =>
      [...text.matchAll(/^export function (\w+)(?:<[^(]*)?\(\s*(?:options|rules): /gm)].map(
        ([, name]) => name!,
      ),
    );
    const exported = factories.filter((name) => name in models);
    expect(Object.keys(required).sort()).toEqual(exported.sort());
  });

  it.each(Object.keys(required))('%s', (name) => {
    for (const none of [undefined, null, 3])
      expect(refusal(name, none)).toMatch(
        new RegExp(`^[\\w-]+: expected an object of options, got ${none}$`),
      );
    for (const [lacking, options] of without(required[name]!))
      expect(refusal(name, options), lacking).toMatch(
        new RegExp(`^[\\w-]+: (?:.+: )?${lacking}: expected .*, got undefined$`),
      );
  });
});

it('names what is of another kind', () => {
  expect(make('gan', { ...nets, loss, critic: 'mlp' })).toThrow(
    new TypeError('gan: critic: expected a layer such as dense(1), got "mlp"'),
  );
  expect(make('wganGp', { ...nets, penalties: 3 })).toThrow('wgan-gp: penalties: expected a list, got 3');
  expect(make('wgan', { ...nets, name: 'mine', terms: [null] })).toThrow(
    'wgan: terms: 0: expected a term such as gradientPenalty(), got null',
  );
});
