import { expect, it } from 'vitest';
import { grid25 } from '../../src/data/index.ts';
import { cpuEngine, flattenTree } from '../../src/engine/index.ts';
import { assemble } from '../../src/runs/index.ts';
import { smallConfig } from '../support/run.ts';

it('builds what the config says, with weights that the seed decides', async () => {
  const engine = await cpuEngine();
  const build = (seed: number) => assemble(smallConfig({ seed }), grid25(), engine).learner;
  const kernel = (seed: number) => flattenTree(build(seed).save().tensors).get('critic/weights/0/kernel')!;
  expect(kernel(1).shape).toEqual([2, 4]);
  expect(kernel(1)).toEqual(kernel(1));
  expect(kernel(2)).not.toEqual(kernel(1));
  expect(build(3).save().state).toMatchObject({ index: 0, seed: 3 });
});

it('names the recipes where the config knows another', async () => {
  const config = { ...smallConfig(), recipe: 'began' };
  const engine = await cpuEngine();
  expect(() => assemble(config, grid25(), engine)).toThrow(
    /^recipe: expected one of .*wgan-gp.*, got "began"/,
  );
});
