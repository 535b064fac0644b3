import { expect, it } from 'vitest';
import { cpuEngine } from '../../src/engine/index.ts';
import { openAssembly, openRunEngine } from '../../src/runs/index.ts';
import { smallConfig } from '../support/run.ts';

it('opens the engine that is named, else the one that the run has had', async () => {
  const warnings: string[] = [];
  const name = async (named?: string) =>
    (await openRunEngine({ engine: 'wasm' }, named, (message) => warnings.push(message))).engine.name;
  expect([await name('cpu'), await name()]).toEqual(['cpu', 'wasm']);
  expect(warnings).toEqual([]);
});

it('assembles a run at its first step, on the data and engine of its config or on others', async () => {
  const config = smallConfig({ seed: 5 });
  const [own, other] = [await openAssembly(config), await openAssembly(config, { data: 'ring8' })];
  expect([own.engine.name, own.dataset?.name, own.assembly.learner.index]).toEqual(['cpu', 'grid25', 0]);
  expect(other.dataset?.name).toBe('ring8');
  const engine = await cpuEngine();
  expect((await openAssembly(config, { engine })).engine).toBe(engine);
});
