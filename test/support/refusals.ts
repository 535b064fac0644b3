import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Raster } from '../../src/plots/index.ts';
import { RunDirectory } from '../../src/runs/index.ts';
import { type Ending, runBuilt } from './built.ts';
import { refusedCommands } from './refused-commands.ts';

const small = ['--engine', 'cpu', '--batch', '4', '--set', 'width=4', '--set', 'depth=1'];

/** A command line that was refused. */
export interface Refusal {
  readonly command: string;
  /** What it printed on stderr, without what differs from machine to machine. */
  readonly message: string;
  readonly ending: Ending;
}

/**
 * Makes the runs and files that the command lines name. @returns what unlocks the run that is in
 * use
 */
export async function furnish(entry: string, folder: string): Promise<() => void> {
  const file = (name: string, text: string | Uint8Array = 'nonsense\n') =>
    writeFileSync(join(folder, name), text);
  const train = async (...args: string[]) => {
    const { code, stderr } = await runBuilt(entry, ['train', ...args, '--quiet', '--no-serve'], folder);
    if (code !== 0) throw new Error(stderr);
  };
  mkdirSync(join(folder, 'full'));
  file('full/file');
  file('file');
  file('one.json', '[1, 2, 3]');
  file('readable-token', 'x'.repeat(43));
  chmodSync(join(folder, 'readable-token'), 0o644);
  file('short-token', 'secret');
  chmodSync(join(folder, 'short-token'), 0o600);
  file(
    'pixels',
    new Uint8Array(256 * 16).map((_, i) => i),
  );
  await train('wgan-gp', ...small, '--steps', '4', '--out', 'gan');
  const latent = /^ *latent: (\d+)/m.exec(readFileSync(join(folder, 'gan/config.yaml'), 'utf8'))![1];
  file('rows.json', JSON.stringify(Array(2).fill(Array(Number(latent)).fill(0.5))));
  const image = ['--engine', 'cpu', '--batch', '4', '--set', 'filters=2', '--set', 'latent=2'];
  await train('wgan-gp', '--data', 'raw:pixels,16x16x1', ...image, '--steps', '2', '--out', 'changed');
  file(
    'pixels',
    new Uint8Array(256 * 16).map((_, i) => i + 1),
  );
  file(
    'odd',
    new Uint8Array(144 * 64).map((_, i) => i),
  );
  const pictures = ['--batch', '4', '--steps', '2', '--set', 'filters=2', '--set', 'latent=2'];
  await train('text-gan', ...pictures, '--out', 'captioned');
  await train('progressive-gan', '--data', 'shapes:16', ...pictures, '--out', 'replanned');
  const config = readFileSync(join(folder, 'replanned/config.yaml'), 'utf8');
  file('replanned/config.yaml', config.replace('fade: 800', 'fade: 400'));
  for (const [name, picture] of [
    ['a', 'one.png'],
    ['b', 'two.png'],
  ] as const) {
    mkdirSync(join(folder, 'unmatched', name), { recursive: true });
    file(`unmatched/${name}/${picture}`, new Raster(16, 16).png());
  }
  await train('frozen-lake-q', '--steps', '50', '--out', 'agent');
  const copy = (from: string, name: string) =>
    cpSync(join(folder, from), join(folder, name), { recursive: true });
  for (const [from, name] of [
    ['gan', 'empty'],
    ['agent', 'unstarted'],
  ] as const) {
    copy(from, name);
    rmSync(join(folder, name, 'checkpoints'), { recursive: true });
    mkdirSync(join(folder, name, 'checkpoints'));
  }
  copy('gan', 'broken');
  for (const name of readdirSync(join(folder, 'broken/checkpoints'))) file(`broken/checkpoints/${name}`);
  copy('gan', 'torn');
  file('torn/config.yaml', '{"recipe":');
  file('typo.yaml', 'recipe: wgan-gp\noptions:\n  critic-rat: 1e-3\n');
  file('range.yaml', 'recipe: wgan-gp\nsteps: 100\nbatch: 0\n');
  file('twice.yaml', 'recipe: wgan-gp\nseed: 1\nseed: 2\n');
  file('later.yaml', 'recipe: wgan-gp\noptions:\n  decay-to: 4\n  decay-from: 9\n');
  copy('gan', 'locked');
  return new RunDirectory(join(folder, 'locked')).lock();
}

/** Starts every command line that is refused, two at a time. */
export async function refusals(
  entry: string,
  folder: string,
  done: (refusal: Refusal) => void = () => {},
): Promise<Refusal[]> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const waiting = refusedCommands.trim().split('\n');
  const found = new Map<string, Refusal>();
  const worker = async () => {
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
      const args = line.replace('PORT', String(port)).split(' ').slice(1);
      const ending = await runBuilt(entry, args, folder);
      const message = ending.stderr
        .replaceAll(folder, '.')
        .replaceAll(String(port), 'PORT')
        .replaceAll(hostname(), 'HOST')
        .replaceAll(String(process.pid), 'PID')
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, 'TIME')
        .replace(/one of (.{60,}), got/, 'one of ..., got')
        .replace(/^Usage: .*/s, '(the help of the command)')
        .trimEnd();
      const refusal = { command: line, message, ending };
      found.set(line, refusal);
      done(refusal);
    }
  };
  const order = [...waiting];
  await Promise.all([worker(), worker()]);
  server.close();
  return order.map((line) => found.get(line)!);
}

/** The page that lists them. */
export function errorsPage(found: readonly Refusal[]): string {
  const rows = found.map(({ command, message, ending }) => {
    const text = message.replaceAll('|', '\\|').replaceAll('\n', '<br>').replaceAll('<dir>', '&lt;dir&gt;');
    return `| \`${command}\` | ${text} | ${ending.code} |`;
  });
  return `${head}\n${rows.join('\n')}\n`;
}

const head = `# Refusals

What the command line refuses, its message and its exit code. The test
(\`test/faults/refusals.test.ts\`) starts every command below as a process and compares its message
and exit code with this page. It also checks that the process ends by itself, that no file has
changed, and that nothing keeps the process alive. \`npm run errors-page\` writes the page.

Exit codes: 0 finished or stopped, 1 bad usage or input, 2 failure, 3 stopped by a policy, 141 the
reader of a printing command has gone, 128 + n at a second signal n (130 for SIGINT, 143 for
SIGTERM). The exit code of \`train\`, \`resume\` and \`serve\` does not depend on whether their output
is read.

The commands run in a folder with these entries. Long lists of names are left out.

| Name | What it is |
|---|---|
| \`gan\` | a finished run of 4 steps |
| \`agent\` | a finished run of an agent |
| \`empty\`, \`unstarted\` | the same without checkpoints |
| \`broken\` | a run whose checkpoints are all damaged |
| \`torn\` | a run with half a config |
| \`locked\` | a run that process PID on HOST holds |
| \`changed\` | a run whose data have changed since |
| \`captioned\` | a run of text-gan |
| \`typo.yaml\`, \`range.yaml\`, \`twice.yaml\`, \`later.yaml\` | configurations with a typo, a value out of range, a key twice, and hyper-parameters that do not go together |
| \`replanned\` | a run whose config has another length of a phase than its checkpoint |
| \`unmatched\` | \`a/one.png\` and \`b/two.png\` |
| \`odd\` | 64 grey images of 12x12 pixels |
| \`full\` | a folder with a file |
| \`one.json\`, \`rows.json\` | noise: three numbers, and two rows that fit \`gan\` |
| PORT | a port that another program holds |

| Command | Message | Exit code |
|---|---|---|`;
