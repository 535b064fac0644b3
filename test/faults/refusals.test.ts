import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, runBuilt } from '../support/built.ts';
import { errorsPage, furnish, type Refusal, refusals } from '../support/refusals.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();
const folder = join(root, 'here');
/** Minutes on a busy machine: well over a hundred processes. */
const limit = 1_800_000;

/** The files of a folder with what is in them. */
function contents(): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

describe('the command line', () => {
  let entry: string;
  let found: readonly Refusal[];
  let before: Record<string, string>;
  let after: Record<string, string>;

  beforeAll(async () => {
    mkdirSync(folder);
    entry = await buildProgram(root);
    const unlock = await furnish(entry, folder);
    before = contents();
    found = await refusals(entry, folder);
    after = contents();
    unlock();
  }, limit);

  it('refuses what docs/errors.md says, in these words and with these exit codes (npm run errors-page)', () => {
    expect(errorsPage(found)).toBe(readFileSync(join(import.meta.dirname, '../../docs/errors.md'), 'utf8'));
  });

  it('ends by itself at every refusal, by an event loop that is empty', () => {
    const wrong = found.filter(
      ({ ending: { byItself, resources } }) => !byItself || resources === undefined || resources.length > 0,
    );
    expect(wrong.map(({ command, ending }) => [command, ending.resources])).toEqual([]);
  });

  it('refuses in words that are none of the program’s own', () => {
    const wrong = found.filter(
      ({ ending }) => ![1, 2].includes(ending.code ?? 0) || /^ +at |\[object|undefined/m.test(ending.stderr),
    );
    expect(wrong.map(({ command, message }) => `${command}: ${message}`)).toEqual([]);
  });

  it('leaves every file of a run as it was, its lock too, where it refuses', () => {
    expect(after).toEqual(before);
  });

  it.each([
    'list',
    'list --json',
    'doctor',
    'data list',
    'data show grid25',
    'sample gan --count 9 --out sample.png',
    'evaluate gan --samples 20 --metrics slicedWasserstein',
    'evaluate agent --episodes 2',
    'render agent --out episode.gif',
    'compare gan changed',
    'train wgan --engine cpu --batch 4 --set width=4 --set depth=1 --steps 4 --port 0 --out other',
    'train wgan --engine onnx --batch 4 --set width=4 --set depth=1 --steps 4 --port 0 --out compiled',
    'train wgan --engine wasm --batch 4 --set width=4 --set depth=1 --steps 4 --evaluate-every 2 --samples 20 --out scored',
    'train wgan --engine cpu --batch 4 --set width=4 --set depth=1 --steps 4 --evaluate-every 2 --samples 20 --evaluate-async --out background',
    'resume gan --steps 6 --port 0',
  ])(
    'ends by an event loop that is empty where it succeeds: weir %s',
    async (command) => {
      const { code, stderr, byItself, resources } = await runBuilt(entry, command.split(' '), folder);
      expect({ code, byItself, resources }, stderr).toEqual({ code: 0, byItself: true, resources: [] });
    },
    limit,
  );
});
