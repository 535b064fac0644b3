import { map } from 'rxjs';
import { expect, it } from 'vitest';
import { adam, mlpCritic, mlpGenerator, wganGp } from '../../src/models/index.ts';
import { real, recipe, unmeasured } from '../../src/recipes/index.ts';
import { nCritic } from '../../src/streams/index.ts';

it('a recipe of your own has its options typed by their table', () => {
  const own = recipe({
    name: 'own',
    summary: 'a recipe of a test',
    paper: 'arXiv:0000.00000',
    data: 'grid25',
    options: { rate: real('learning rate', 1e-3) },
    presets: {},
    build: ({ rate }) => {
      const optimizer = adam({ rate });
      const optimizers = { critic: optimizer, generator: optimizer };
      const nets = { critic: mlpCritic(), generator: mlpGenerator({ outputs: 2 }) };
      return { system: wganGp({ ...nets, latent: 2, optimizers }), schedule: nCritic(5) };
    },
  });
  expect(own.build({ rate: 1e-4 }, {} as never).system.players).toEqual(['critic', 'generator']);
});

it('leaves a stage that nobody measures as it is', () => {
  const double = map((n: number) => 2 * n);
  expect(unmeasured('double', double)).toBe(double);
  const items = [1];
  expect(unmeasured.source('pump', items)).toBe(items);
});
