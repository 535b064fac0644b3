import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shapes } from '../../src/data/index.ts';
import { onnxEngine } from '../../src/engine/index.ts';
import { findRecipe, resolveSettings } from '../../src/recipes/index.ts';
import {
  assemble,
  execute,
  type RunConfig,
  RunDirectory,
  type RunEvent,
  runContext,
} from '../../src/runs/index.ts';
import { firstSteps, phaseEvent, unreachedPhase } from '../../src/runs/phase-events.ts';
import { inOrder, phases, type StepEvent } from '../../src/streams/index.ts';
import { scratchFolder } from '../support/weir.ts';

const plan = phases([
  { name: 'reader', steps: 3, schedule: inOrder(['reader']) },
  { name: 'stage I', schedule: inOrder(['critic']) },
]);
const root = scratchFolder();

/** A small Progressive GAN of 2 + 4 + 2 + ... steps, executed in a directory of its own. */
async function executed(name: string, steps: number) {
  const data = shapes({ side: 16 });
  const small = { fade: 4, stay: 2, filters: 3, latent: 2 };
  const set = new Map(Object.entries(small).map(([option, value]) => [option, String(value)]));
  const settings = resolveSettings(findRecipe('progressive-gan'), data, {
    steps,
    batch: 4,
    checkpointEvery: 5,
    set,
  });
  const config: RunConfig = {
    weir: '0.1.0',
    recipe: 'progressive-gan',
    data: 'shapes:16',
    engine: 'onnx',
    ...settings,
  };
  const directory = new RunDirectory(join(root, name));
  directory.create(config);
  const told: RunEvent[] = [];
  const learned: StepEvent[] = [];
  const warnings: string[] = [];
  const assembly = assemble(config, data, await onnxEngine());
  const context = runContext({ directory, config, assembly, warn: (message) => warnings.push(message) });
  const report = await execute(context, {
    observers: [
      { name: 'test', onEvent: (event) => told.push(event), onStep: (event) => learned.push(event) },
    ],
  });
  return { directory, told, learned, warnings, report };
}

describe('a run of several phases', () => {
  it('tells its phase at the start and at every border, where it leaves a checkpoint too', async () => {
    const { directory, told, learned, warnings, report } = await executed('phases', 10);
    const places = told.flatMap((event) =>
      event.kind === 'phase' ? [`${event.index} ${event.name} ${event.number + 1}/${event.of}`] : [],
    );
    expect(places).toEqual(['0 4x4 1/5', '2 to 8x8 2/5', '6 8x8 3/5', '8 to 16x16 4/5']);
    expect(learned.map(({ phase }) => phase?.name)).toEqual([
      ...['4x4', '4x4', 'to 8x8', 'to 8x8', 'to 8x8', 'to 8x8'],
      ...['8x8', '8x8', 'to 16x16', 'to 16x16'],
    ]);
    const first = told.flatMap((event) =>
      event.kind === 'first-step' ? [`${event.index} ${event.player}`] : [],
    );
    expect(first).toEqual([
      ...['1 critic@4', '2 generator@4', '3 critic@8', '4 generator@8'],
      ...['9 critic@16', '10 generator@16'],
    ]);
    const saved = told.flatMap((event) => (event.kind === 'checkpoint' ? [event.index] : []));
    expect(saved).toEqual([2, 5, 6, 8, 10]);
    expect(warnings).toEqual([
      'the run ends after 10 steps, in phase to 16x16; its last phase, 16x16, begins at step 12',
    ]);
    expect(report.phases?.map(({ name, steps }) => `${name} ${steps}`)).toEqual([
      '4x4 2',
      'to 8x8 4',
      '8x8 2',
      'to 16x16 2',
    ]);
    const lines = readFileSync(directory.log, 'utf8').trim().split('\n');
    expect(JSON.parse(lines[3]!)).toMatchObject({ player: 'generator@8', phase: 'to 8x8', alpha: 0.5 });
    expect(readdirSync(directory.path)).toContain('report.json');
  });
});

describe('phaseEvent', () => {
  it('is the place of a step with its index', () => {
    expect(phaseEvent(plan, 4)).toEqual({
      kind: 'phase',
      index: 4,
      name: 'stage I',
      number: 1,
      of: 2,
      step: 1,
      players: ['critic'],
    });
  });
});

describe('firstSteps', () => {
  it('tells the first step of each player, with what it took', () => {
    const told: RunEvent[] = [];
    const step = firstSteps((event) => told.push(event));
    const event = (index: number, player: string, seconds: number) =>
      step({ index, player, seconds, values: {} });
    event(4, 'critic', 0.5);
    event(5, 'generator', 0.25);
    event(6, 'critic', 0.01);
    expect(told).toEqual([
      { kind: 'first-step', index: 5, player: 'critic', seconds: 0.5 },
      { kind: 'first-step', index: 6, player: 'generator', seconds: 0.25 },
    ]);
  });
});

describe('unreachedPhase', () => {
  it('warns of runs that end before their last phase begins', () => {
    expect(unreachedPhase(plan, 4)).toBeUndefined();
    expect(unreachedPhase(plan, 3)).toBe(
      'the run ends after 3 steps, in phase reader; its last phase, stage I, begins at step 3',
    );
  });
});
