import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRecipe, resolveSettings } from '../../../src/recipes/index.ts';
import { readConfig } from '../../../src/runs/directory/read-config.ts';
import { RunDirectory, RunDirectoryError } from '../../../src/runs/index.ts';
import { serve } from '../../../src/server/index.ts';
import { smallConfig } from '../../support/run.ts';
import { scratchFolder, weir } from '../../support/weir.ts';

const root = scratchFolder();

const agentRecipe = 'frozen-lake-q';
const configs = {
  gan: {
    ...smallConfig(),
    evaluation: {
      every: 5,
      features: 'f.safetensors',
      hash: 'ab12',
      scores: ['fid', 'recall'],
      samples: 100,
      keepBest: 'fid',
      background: true,
      stopAfter: 3,
    },
    onAlert: { NonFiniteValues: 'rollback' },
  },
  'a GAN with words among its options': smallConfig({ set: new Map() }, 'f-gan'),
  agent: {
    weir: '0.1.0',
    recipe: agentRecipe,
    data: findRecipe(agentRecipe).data,
    engine: 'cpu',
    ...resolveSettings(findRecipe(agentRecipe), undefined, {}),
    evaluation: { every: 5, episodes: 10, keepBest: 'returnMean' },
  },
};

type Json = Record<string, unknown>;

/** Every place of a config: the path to a value, through objects. */
function placesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[...path]];
  const inside = Object.entries(value).flatMap(([key, child]) => placesOf(child, [...path, key]));
  return [[...path], ...inside];
}

/**
 * A text of JSON, so that a place can hold what JavaScript would not keep: 1e999, a key __proto__.
 */
function textWith(config: unknown, path: readonly string[], put: string): string {
  const mark = '"the place"';
  const set = (value: unknown, [key, ...rest]: readonly string[]): unknown =>
    key === undefined ? 'the place' : { ...(value as Json), [key]: set((value as Json)[key], rest) };
  return JSON.stringify(set(config, path)).replace(mark, () => put);
}

const kindOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);
const wrong = [
  'null',
  '"text"',
  '""',
  'true',
  '[]',
  '{}',
  '-1',
  '0.5',
  '1e999',
  '"NaN"',
  '[null]',
  '{"a":1}',
  '12345678901234567890',
];

const file = join(root, 'config.yaml');
const read = (text: string) => readConfig(text, file);
const at = (config: unknown, path: readonly string[]) =>
  path.reduce((value, key) => (value as Json)[key], config);

describe.each(Object.entries(configs))('the config of %s', (_, config) => {
  it('is read as it was written', () => {
    expect(read(JSON.stringify(config))).toEqual(config);
  });

  it.each(placesOf(config).map((path) => [path.join('.'), path] as const))(
    'refuses every wrong value of %s, naming file, key, rule and value',
    (name, path) => {
      const present = at(config, path);
      for (const put of wrong) {
        const given = JSON.parse(put);
        const refused = () => read(textWith(config, path, put));
        const text = typeof present === 'string' && typeof given === 'string' && given !== '';
        if (
          kindOf(given) === kindOf(present) &&
          (text || typeof present === 'boolean' || Array.isArray(present))
        )
          continue;
        if (name === 'evaluation.scores' && put === '[]') continue;
        // What a rate may be, another option may not: their own tests tell.
        if (kindOf(given) === kindOf(present) && path[0] === 'options' && Number.isFinite(given)) continue;
        if (name === 'onAlert' && put === '{}') continue;
        // Of an object it is a key that is missing or unknown.
        const key = kindOf(given) === 'object' && kindOf(present) === 'object' ? '\\S*' : '';
        const place = name === '' && !key ? '(?:the config: )?' : `${name.replaceAll('.', '[. ]')}${key}: `;
        expect(refused, put).toThrow(RunDirectoryError);
        expect(refused, put).toThrow(new RegExp(`^${file}:1:\\d+: ${place}expected .*, got `));
      }
    },
  );

  it.each(
    placesOf(config)
      .filter((path) => path.length > 0)
      .map((path) => [path.join('.'), path] as const),
  )('is refused or whole without %s', (name, path) => {
    const { [path.at(-1)!]: _, ...rest } = at(config, path.slice(0, -1)) as Json;
    const without = textWith(config, path.slice(0, -1), JSON.stringify(rest));
    const leftOut = /^(?:evaluation|onAlert)(?:$|\.(?!every$))/.test(name);
    if (leftOut && !(name === 'evaluation.keepBest' && 'stopAfter' in (config.evaluation as Json)))
      expect(read(without)).toEqual(JSON.parse(without));
    else expect(() => read(without)).toThrow(RunDirectoryError);
  });

  it.each(['another', '__proto__', 'constructor', 'toString'])(
    'refuses a key %s that it does not know',
    (key) => {
      for (const path of placesOf(config).filter((path) => kindOf(at(config, path)) === 'object')) {
        const object = at(config, path) as Json;
        const more = `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(key)}:{"polluted":1}}`;
        const refused = () => read(textWith(config, path, more));
        expect(refused, path.join('.')).toThrow(RunDirectoryError);
        expect(refused).toThrow(new RegExp(`^${file}:1:\\d+: .*expected .*`));
      }
      expect(({} as Json).polluted).toBeUndefined();
    },
  );
});

it('tells a typo before the key that is missing for it', () => {
  const { batch, ...rest } = configs.gan;
  expect(() => read(JSON.stringify({ bacth: batch, ...rest }))).toThrow(`${file}:1:2: key: expected one of `);
  expect(() => read(JSON.stringify({ bacth: batch, ...rest }))).toThrow('got "bacth"; did you mean batch?');
});

it('refuses a batch of an agent, and evaluations that its recipe does not know', () => {
  const { agent, gan } = configs;
  for (const [config, message] of [
    [{ ...agent, batch: 2 }, 'batch: expected a whole number from 1 to 1, got 2'],
    [
      { ...agent, evaluation: { every: 5, samples: 100 } },
      'evaluation: expected one of every, hash, episodes, keepBest, stopAfter, got "samples"',
    ],
    [
      { ...agent, evaluation: { every: 5, keepBest: 'fid' } },
      'evaluation.keepBest: expected one of the metrics returnMean, got "fid"',
    ],
    [{ ...gan, evaluation: { every: 5, episodes: 3 } }, 'stopAfter, got "episodes"'],
    [{ ...gan, evaluation: { every: 5, scores: ['beauty'] } }, 'evaluation.scores: expected one of fid'],
    [{ ...gan, onAlert: { Nothing: 'stop' } }, 'onAlert: expected one of'],
    [{ ...gan, onAlert: { NonFiniteValues: 'sing' } }, 'onAlert.NonFiniteValues: expected one of warn'],
  ] as const)
    expect(() => read(JSON.stringify(config))).toThrow(message);
});

describe('a run directory whose config has a value of the wrong type', () => {
  const cases = [
    ['recipe', 'null'],
    ['data', '5'],
    ['options', '"text"'],
    ['options.latent', '[]'],
    ['evaluation', 'true'],
    ['evaluation.scores', '"fid"'],
  ] as const;
  const runs = cases.map(([name, put], i) => {
    const path = join(root, 'runs', `run-${i}`);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'config.yaml'), textWith(configs.gan, name.split('.'), put));
    return [name, path] as const;
  });

  it.each(runs)('is refused by every command: %s', async (name, path) => {
    for (const command of ['resume', 'sample', 'evaluate', 'render', 'compare']) {
      const { code, stderr, stdout } = await weir(command, path);
      expect(stderr).toMatch(
        new RegExp(
          `^weir: ${join(path, 'config.yaml')}:1:\\d+: ${name.replace('.', '\\.')}: expected .*, got .*\n$`,
        ),
      );
      expect([code, stdout]).toEqual([1, '']);
    }
    expect(() => new RunDirectory(path).config()).toThrow(RunDirectoryError);
  });

  it('is shown as far as it goes', async () => {
    const warnings: string[] = [];
    const served = await serve({
      directory: join(root, 'runs'),
      port: 0,
      warn: (message) => warnings.push(message),
    });
    try {
      const get = async (path: string) => (await fetch(new URL(path, served.url))).json();
      const { runs: found } = (await get('/api/runs')) as { runs: { id: string; recipe: string }[] };
      expect(found.map(({ recipe }) => recipe)).toEqual(['', ...Array(5).fill('wgan-gp')]);
      for (const { id } of found)
        expect(await get(`/api/runs/${id}`)).toMatchObject({ id, state: 'interrupted' });
    } finally {
      await served.close();
    }
    expect(warnings).toEqual([]);
  });
});
