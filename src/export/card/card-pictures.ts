import { join } from 'node:path';
import { writeWhole } from '../../base/index.ts';
import { sceneAnimation } from '../../plots/index.ts';
import { seenEpisode } from '../../rl/index.ts';
import { type LoadedAgent, type LoadedGan, saveSamples } from '../../runs/index.ts';

/** A picture of a card. */
export interface CardPicture {
  /** Its file, from the folder of the card. */
  readonly file: string;
  /** What it shows, in a few words. */
  readonly title: string;
}

/** Draws what a run makes into the folder `samples` of a card, which must be there. */
export async function drawCardPictures(
  run: LoadedGan | LoadedAgent,
  folder: string,
): Promise<readonly CardPicture[]> {
  return run.kind === 'gan' ? ofGan(run, folder) : ofAgent(run, folder);
}

async function ofGan(run: LoadedGan, folder: string): Promise<readonly CardPicture[]> {
  const grid = { file: 'samples/grid.png', title: 'Samples' };
  await saveSamples(run, join(folder, grid.file), { format: 'grid' });
  if (Object.keys(run.sampler.noise).length === 0) return [grid];
  const walk = { file: 'samples/interpolation.gif', title: 'From sample to sample through the latent space' };
  await saveSamples(run, join(folder, walk.file), { format: 'gif', interpolate: 4 });
  return [grid, walk];
}

async function ofAgent({ arena }: LoadedAgent, folder: string): Promise<readonly CardPicture[]> {
  const { scenes } = await seenEpisode(arena.make(), arena.actor);
  if (scenes.length === 0) return [];
  const episode = { file: 'samples/episode.gif', title: 'A greedy episode' };
  writeWhole(join(folder, episode.file), sceneAnimation(scenes, 320));
  return [episode];
}
