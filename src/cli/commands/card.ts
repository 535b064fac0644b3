import { resolve } from 'node:path';
import { onStopSignals, withCleanup } from '../../base/index.ts';
import { type CardOptions, writeCardFolder } from '../../export/index.ts';
import { loadRun, RunDirectory } from '../../runs/index.ts';
import { type Console, warner } from '../console.ts';

interface Options extends CardOptions {
  readonly out?: string;
  readonly data?: string;
  readonly best?: boolean;
  readonly engine?: string;
}

/** `weir card <run-dir>`: a model card, and a folder with it that is ready to upload. */
export async function cardOfRun(console: Console, path: string, options: Options): Promise<void> {
  const { out = `${path.replace(/[/\\]+$/, '')}-card`, data, best = false, engine, ...card } = options;
  // Refuses the run of a script, which cannot be exported.
  new RunDirectory(path).config();
  const run = await loadRun(path, { best, engine, data, warn: warner(console) });
  await withCleanup(
    async () => {
      if (run.kind === 'script') return;
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
