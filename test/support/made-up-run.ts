import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LockHolder, newHolder } from '../../src/base/index.ts';
import { grid25 } from '../../src/data/index.ts';
import { Raster } from '../../src/plots/index.ts';
import { findRecipe, resolveSettings } from '../../src/recipes/index.ts';

/** What a run directory that nobody trained shall hold. */
export interface MadeUp {
  /** Lines of the log, one a step. */
  readonly done: number;
  /** Pictures, evenly spread over the steps. */
  readonly samples?: number;
  /** Steps planned; as many as there are by default. */
  readonly steps?: number;
  readonly seed?: number;
  readonly ended?: 'finished' | 'stopped' | 'failed';
  readonly events?: readonly object[];
  /** The process that has it: of this number, or this very one. */
  readonly lock?: number | LockHolder;
}

/** Its hyper-parameters. */
const { options } = resolveSettings(findRecipe('wgan-gp'), grid25(), {});

/**
 * Line `index` of the log of a made-up run: critic and generator by turns, with losses that fall.
 */
export function madeUpLine(index: number, seed = 1): string {
  const fall = Math.exp(-index / 20_000);
  const noise = Math.sin(index * (1.7 + seed)) * 0.2 + Math.sin(index * 0.13 * seed) * 0.1;
  const player = index % 2 === 0 ? 'critic' : 'generator';
  const values =
    player === 'critic'
      ? { loss: -2 * fall + noise, wasserstein: 2.2 * fall + noise, penalty: 0.1 + Math.abs(noise) / 4 }
      : { loss: 1.5 * fall - noise };
  return JSON.stringify({ index, player, seconds: 0.002, ...values });
}

/** The lock file of a process on this machine. */
export function lockText(holder: number | LockHolder): string {
  const { began: _, ...rest } = newHolder();
  return `${JSON.stringify(typeof holder === 'number' ? { ...rest, pid: holder } : holder)}\n`;
}

/** Writes a run directory as training would, in a new folder. */
export function madeUpRun(path: string, made: MadeUp): string {
  const { done, samples = 0, steps = done, seed = 1, ended, events = [], lock } = made;
  mkdirSync(join(path, 'samples'), { recursive: true });
  const file = (name: string, content: string) => writeFileSync(join(path, name), content);
  const config = {
    weir: '0.1.0',
    recipe: 'wgan-gp',
    data: 'grid25',
    engine: 'onnx',
    steps,
    batch: 256,
    seed,
  };
  file('config.yaml', JSON.stringify({ ...config, checkpointEvery: 100, logEvery: 1, options }));
  const lines = Array.from({ length: done }, (_, index) => `${madeUpLine(index, seed)}\n`);
  file('log.jsonl', lines.join(''));
  for (let i = 1; i <= samples; i++) {
    const name = `step-${String(Math.round((done * i) / samples)).padStart(8, '0')}.png`;
    const raster = new Raster(8, 8);
    writeFileSync(join(path, 'samples', name), raster.png());
  }
  file('events.jsonl', events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  if (lock !== undefined) file('lock', lockText(lock));
  if (ended !== undefined)
    file('report.json', JSON.stringify({ ...config, ended, steps: done, startedAt: 0, seconds: done / 500 }));
  return path;
}
