import { type LoadedAgent, type LoadedGan, loadRun, RunDirectory } from '../runs/index.ts';
import { type Console, warner } from './console.ts';

/** What a command says of the run that it loads. */
export interface LoadedBy {
  readonly data?: string;
  readonly best?: boolean;
  readonly engine?: string;
}

/** Loads the run of a recipe. @throws RunDirectoryError for that of a script, and as `loadRun` */
export async function loadRecipeRun(
  console: Console,
  path: string,
  { data, best = false, engine }: LoadedBy,
): Promise<LoadedGan | LoadedAgent> {
  new RunDirectory(path).config();
  return loadRun<'gan' | 'agent'>(path, { best, engine, data, warn: warner(console) });
}
