import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { RunDirectory } from '../../src/runs/index.ts';
import { type Ending, runBuilt } from './built.ts';

const small = ['--engine', 'cpu', '--batch', '4', '--set', 'width=4', '--set', 'depth=1'];

/**
 * The command lines that are refused, in a folder that `furnish` has made. PORT is one that another
 * program has.
 */
const commandLines = `
weir nonsense
weir --nonsense
weir train
weir train wgan-pg
weir train wgan-gp extra
weir train wgan-gp --nonsense
weir train wgan-gp --data grid52
weir train wgan-gp --data idx:none
weir train wgan-gp --data folder:none
weir train wgan-gp --data raw:none,8x8x1
weir train wgan-gp --data raw:pixels,8x8
weir train wgan-gp --data cifar10:none
weir train frozen-lake-q --data grid25
weir train wgan-gp --engine gpu
weir train wgan-gp --steps 0
weir train wgan-gp --steps many
weir train wgan-gp --batch 0
weir train wgan-gp --seed -1
weir train pacgan --batch 5
weir train wgan-gp --set width
weir train wgan-gp --set widht=4
weir train wgan-gp --set width=wide
weir train wgan-gp --set width=0
weir train wgan-gp --checkpoint-every 0
weir train wgan-gp --log-every 0
weir train wgan-gp --out gan
weir train wgan-gp --out file
weir train wgan-gp --out file/run
weir train wgan-gp --out full
weir train wgan-gp --evaluate-every 0
weir train wgan-gp --evaluate-async
weir train wgan-gp --features none.safetensors
weir train wgan-gp --metrics fid
weir train wgan-gp --samples 100
weir train wgan-gp --keep-best fid
weir train wgan-gp --stop-after 3
weir train wgan-gp --evaluate-every 5 --metrics fdi
weir train wgan-gp --evaluate-every 5 --samples 1
weir train wgan-gp --evaluate-every 5 --episodes 3
weir train wgan-gp --evaluate-every 5 --keep-best loss
weir train wgan-gp --evaluate-every 5 --stop-after 3
weir train wgan-gp --evaluate-every 5 --features none.safetensors
weir train wgan-gp --evaluate-every 5 --features file
weir train wgan-gp --data shapes:16 --evaluate-every 5
weir train frozen-lake-q --evaluate-every 5 --evaluate-async
weir train frozen-lake-q --evaluate-every 5 --metrics fid
weir train frozen-lake-q --evaluate-every 5 --episodes 0
weir train wgan-gp --on-alert NonFiniteValues
weir train wgan-gp --on-alert NonFiniteValue=stop
weir train wgan-gp --on-alert NonFiniteValues=halt
weir train wgan-gp --alert-webhook ftp://example.org
weir train wgan-gp --host 192.0.2.1
weir train wgan-gp --port PORT
weir train wgan-gp --port 70000
weir train wgan-gp --port http
weir train wgan-gp --allow-host http://example.org
weir train wgan-gp --control readable-token
weir train wgan-gp --control short-token
weir train wgan-gp --control full
weir resume
weir resume none
weir resume full
weir resume gan
weir resume gan --steps 4
weir resume gan --steps 0
weir resume gan --steps 9 --engine gpu
weir resume gan --steps 9 --data ring8
weir resume gan --steps 9 --features none.safetensors
weir resume gan --steps 9 --port PORT
weir resume gan --steps 9 --on-alert NonFiniteValue=stop
weir resume gan --steps 9 --alert-webhook example.org
weir resume gan --steps 9 --control readable-token
weir resume locked --steps 9
weir resume changed --steps 9
weir resume broken --steps 9
weir resume agent
weir resume torn
weir serve
weir serve none
weir serve file
weir serve full --port PORT
weir serve full --port -1
weir serve full --host 192.0.2.1
weir serve full --allow-host http://example.org
weir sample
weir sample none
weir sample empty
weir sample agent
weir sample broken
weir sample gan --count 0
weir sample gan --seed -1
weir sample gan --interpolate 1
weir sample gan --caption circle
weir sample gan --class 1
weir sample gan --class 1 --interpolate 2
weir sample gan --engine gpu
weir sample gan --data grid52
weir sample gan --out sample.jpg
weir list extra
weir list --nonsense
weir doctor extra
weir data
weir data list extra
weir data show
weir data show grid52
weir data show folder:none
weir data show folder:full
weir data fetch
weir data fetch imagenet
weir data fetch mnist --mirror none --folder data
weir features
weir features train
weir features train --data grid25
weir features train --data grid52
weir features train --data shapes:16 --labels colours
weir features train --data shapes:16 --epochs 0
weir features train --data shapes:16 --images 0
weir features train --data shapes:16 --seed -1
weir features train --data shapes:16 --engine gpu
weir features show
weir features show none.safetensors
weir features show file
weir evaluate
weir evaluate none
weir evaluate empty
weir evaluate broken
weir evaluate gan --metrics fdi
weir evaluate gan --samples 1
weir evaluate gan --episodes 3
weir evaluate gan --features none.safetensors
weir evaluate gan --memorisation
weir evaluate gan --transfer --samples 20
weir evaluate gan --checkpoint none.safetensors
weir evaluate gan --checkpoint file
weir evaluate gan --seed -1
weir evaluate gan --engine gpu
weir evaluate agent --metrics fid
weir evaluate agent --samples 9
weir evaluate agent --features none.safetensors
weir evaluate agent --episodes 0
weir compare
weir compare none
weir compare full
weir compare gan --values nonsense
weir compare gan --format xml
weir compare gan --out curves.jpg
weir render
weir render none
weir render gan
weir render unstarted
weir render agent --episode -1
weir render agent --seed -1
weir render agent --width 1
weir render agent --engine gpu
weir render agent --out episode.mp4
`;

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
  file('readable-token', 'x'.repeat(43));
  chmodSync(join(folder, 'readable-token'), 0o644);
  file('short-token', 'secret');
  chmodSync(join(folder, 'short-token'), 0o600);
  file(
    'pixels',
    new Uint8Array(256 * 16).map((_, i) => i),
  );
  await train('wgan-gp', ...small, '--steps', '4', '--out', 'gan');
  const image = ['--engine', 'cpu', '--batch', '4', '--set', 'filters=2', '--set', 'latent=2'];
  await train('wgan-gp', '--data', 'raw:pixels,16x16x1', ...image, '--steps', '2', '--out', 'changed');
  file(
    'pixels',
    new Uint8Array(256 * 16).map((_, i) => i + 1),
  );
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
  const waiting = commandLines.trim().split('\n');
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
| \`full\` | a folder with a file |
| PORT | a port that another program holds |

| Command | Message | Exit code |
|---|---|---|`;
