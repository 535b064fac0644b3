import { resolve } from 'node:path';
import { given, onStopSignals, withCleanup } from '../../base/index.ts';
import { type CardOptions, writeCardFolder } from '../../export/index.ts';
import type { Console } from '../console.ts';
import { type LoadedBy, loadRecipeRun } from '../load-recipe-run.ts';

interface Options extends CardOptions, LoadedBy {
  readonly out?: string;
}

/** `weir card <run-dir>`: a model card, and a folder with it that is ready to upload. */
export async function cardOfRun(console: Console, path: string, options: Options): Promise<void> {
  const { out = `${path.replace(/[/\\]+$/, '')}-card`, data, best, engine, ...card } = options;
  const run = await loadRecipeRun(console, path, given({ best, engine, data }));
  await withCleanup(
    async () => {
      const stop = new AbortController();
      const letGo = onStopSignals((signal) => stop.abort(signal));
      const files = await withCleanup(
        () => writeCardFolder(run, out, { ...card, signal: stop.signal }),
        letGo,
      );
      console.stdout.write(`${resolve(out)}\n${files.map((name) => `  ${name}\n`).join('')}`);
    },
    () => run.close(),
  );
}
