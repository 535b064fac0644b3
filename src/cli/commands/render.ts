import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { wholeNumber, withCleanup, writeWhole } from '../../base/index.ts';
import { filmStrip, sceneAnimation, scenePicture } from '../../plots/index.ts';
import { seenEpisode } from '../../rl/index.ts';
import { type LoadedAgent, loadRun } from '../../runs/index.ts';
import { type Console, warner } from '../console.ts';
import { endingOf } from '../output-file.ts';

interface Options {
  readonly episode?: number;
  readonly seed?: number;
  readonly width?: number;
  readonly best?: boolean;
  readonly engine?: string;
  readonly out?: string;
}

/**
 * `weir render <run-dir>`: one greedy episode of an agent as an animated GIF, or as a PNG strip.
 */
export async function renderRun(console: Console, path: string, options: Options): Promise<void> {
  const number = wholeNumber('--episode', options.episode ?? 0);
  const seed = wholeNumber('--seed', options.seed ?? 0);
  const width = wholeNumber('--width', options.width ?? 320, 16, 4096);
  const ending = options.out === undefined ? '.gif' : endingOf(options.out, ['.gif', '.png']);
  const { engine, best = false } = options;
  const run = await loadRun(path, { kind: 'agent', best, engine, warn: warner(console) });
  await withCleanup(
    () => draw(console, run, { ...options, number, seed, width, ending }),
    () => run.close(),
  );
}

interface Drawing {
  readonly number: number;
  readonly seed: number;
  readonly width: number;
  readonly ending: string;
  readonly out?: string;
}

async function draw(
  console: Console,
  { arena, index, directory }: LoadedAgent,
  { number, seed, width, ending, out }: Drawing,
): Promise<void> {
  const environment = arena.make();
  const episode = await seenEpisode(environment, arena.actor, { seed, number });
  const { scenes } = episode;
  if (scenes.length === 0)
    throw new RangeError(`render: expected an environment that can be seen, got ${environment.name}`);
  const name = `episode-${index}.gif`;
  const file = out ?? join(dirname(directory.sample('any')), name);
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(
    file,
    ending === '.gif'
      ? sceneAnimation(scenes, width)
      : filmStrip(scenes.map((scene) => scenePicture(scene, width))).png(),
  );
  console.stdout.write(`${resolve(file)}\n`);
  console.stdout.write(
    `return ${Number(episode.return.toPrecision(6))} in ${episode.actions.length} steps, ended by ${episode.kind}\n`,
  );
}
