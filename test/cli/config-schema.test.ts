import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { configSchema } from '../../src/cli/config-schema.ts';
import { configTemplate } from '../../src/cli/config-template.ts';
import { trainCommand } from '../../src/cli/declare-training.ts';
import { presetsOf } from '../../src/cli/recipe-text.ts';
import { findRecipe, recipes } from '../../src/recipes/index.ts';
import { yamlBlocks } from '../support/yaml-blocks.ts';

interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly keyword: string }[] | null;
}
// The types of the package are those of an ES module, and it is none.
const { default: Ajv } = createRequire(import.meta.url)('ajv') as {
  readonly default: new (options: object) => { compile(schema: object): Validate };
};

const root = join(import.meta.dirname, '../..');
const train = trainCommand({ stdout: process.stdout, stderr: process.stderr, env: {} });
const schema = configSchema(train);
const validate = new Ajv({
  allErrors: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
}).compile(schema);

/** Where a value is against the schema; nothing where it is not. */
function wrongAt(value: unknown): string[] {
  if (validate(value)) return [];
  const inner = validate.errors!.filter(({ keyword }) => keyword !== 'if');
  return [...new Set(inner.map(({ instancePath }) => instancePath))];
}

describe('the JSON schema of configurations', () => {
  it('is the file in schema/: npm run config-schema writes it again', () => {
    expect(JSON.parse(readFileSync(join(root, 'schema/config.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(schema)),
    );
  });

  it.each(recipes.map((recipe) => [recipe.name, recipe] as const))(
    'takes what weir config %s prints, and none of its values against a rule',
    (_, recipe) => {
      for (const kind of Object.keys(presetsOf(recipe))) {
        const config = parseYaml(configTemplate(recipe, { train, kind }));
        expect(wrongAt(config)).toEqual([]);
        for (const [name, { rule }] of Object.entries(recipe.options)) {
          const wrong = 'choices' in rule ? 'nonsense' : rule.min - 1;
          const options = { ...config.options, [name]: wrong };
          expect(wrongAt({ ...config, options }), name).toEqual([`/options/${name}`]);
        }
      }
    },
  );

  it('takes every configuration of docs and examples', () => {
    const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yaml'));
    expect(examples.length).toBeGreaterThan(1);
    const texts = examples.map((name) => readFileSync(join(root, 'examples', name), 'utf8'));
    const blocks = [...yamlBlocks(join(root, 'docs/configuration.md')), ...texts];
    expect(blocks.length).toBeGreaterThan(3);
    for (const block of blocks) expect(wrongAt(parseYaml(block)), block).toEqual([]);
  });

  it('describes every key and every hyper-parameter', () => {
    const bare: string[] = [];
    const walk = (value: unknown, path: string) => {
      const { properties } = Object(value) as { readonly properties?: Record<string, object> };
      for (const [name, child] of Object.entries(properties ?? {})) {
        if (!('description' in child)) bare.push(`${path}/${name}`);
        walk(child, `${path}/${name}`);
      }
    };
    walk(schema, '');
    walk({ properties: schema.definitions }, '');
    const alerts = /^\/onAlert\//;
    expect(
      bare.filter((path) => !alerts.test(path) && !recipes.some(({ name }) => path === `/${name}`)),
    ).toEqual([]);
  });

  const good = parseYaml(configTemplate(findRecipe('wgan-gp'), { train, kind: 'points' }));
  const evaluation = { every: 10, scores: ['modes'], samples: 100, keepBest: 'modes', stopAfter: 3 };
  const whole = {
    ...good,
    evaluation,
    onAlert: { ModeCollapse: 'stop' },
    port: 0,
    serve: true,
    weir: '0.1.0',
  };

  it('takes a file with every key, and the config of a script', () => {
    expect(wrongAt(whole)).toEqual([]);
    const agent = { recipe: 'taxi-q', data: 'Taxi-v4', batch: 1, evaluation: { every: 5, episodes: 3 } };
    expect(wrongAt(agent)).toEqual([]);
    const script = { script: 'a.ts', recipe: 'mine', options: { anything: [1] } };
    expect(wrongAt(script)).toEqual([]);
    expect(wrongAt({ steps: 10 })).toEqual([]);
  });

  it.each([
    ['a typo at the top', { ...whole, step: 10 }, ''],
    ['a typo in a hyper-parameter', { ...whole, options: { 'critic-rat': 1 } }, '/options'],
    ['the name of another library', { ...whole, options: { lr: 1 } }, '/options'],
    ['a typo in the evaluation', { ...whole, evaluation: { ...evaluation, keepbest: 'fid' } }, '/evaluation'],
    ['a typo in an alert', { ...whole, onAlert: { ModeColapse: 'stop' } }, '/onAlert'],
    ['a policy that is none', { ...whole, onAlert: { ModeCollapse: 'sing' } }, '/onAlert/ModeCollapse'],
    ['a recipe that is none', { recipe: 'wgan-pg' }, '/recipe'],
    ['an engine that is none', { ...whole, engine: 'onx' }, '/engine'],
    [
      'a score that is none',
      { ...whole, evaluation: { every: 1, scores: ['beauty'] } },
      '/evaluation/scores/0',
    ],
    ['text for a number', { ...whole, steps: '10' }, '/steps'],
    ['half a step', { ...whole, steps: 0.5 }, '/steps'],
    ['no mapping', [whole], ''],
    ['a batch of an agent', { recipe: 'taxi-q', batch: 2 }, '/batch'],
    ['other data of an agent', { recipe: 'taxi-q', data: 'ring8' }, '/data'],
    ['samples of an agent', { recipe: 'taxi-q', evaluation: { samples: 10 } }, '/evaluation'],
    ['episodes of a GAN', { recipe: 'gan', evaluation: { episodes: 10 } }, '/evaluation'],
  ])('refuses %s where it is', (_, config, path) => {
    expect(wrongAt(config)).toContain(path);
  });
});
