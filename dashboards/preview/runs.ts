import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { otlpReceiver } from '../../test/support/otlp-receiver.ts';
import { freePort } from '../../test/support/ports.ts';
import { Prometheus } from '../../test/support/prometheus.ts';

const project = join(import.meta.dirname, '../..');

const images = ['--data', 'shapes:16', '--batch', '16'];

/** The runs of the pictures: one for each kind of training that a board is made for. */
const runs: Readonly<Record<string, readonly string[]>> = {
  flagship: ['wgan-gp', '--set', 'width=64', '--evaluate-every', '2000', '--checkpoint-every', '4000'],
  conditional: ['ac-gan', '--evaluate-every', '500'],
  grown: ['progressive-gan', ...images, '--set', 'filters=8'],
  agent: ['cart-pole-ppo', '--evaluate-every', '20', '--episodes', '5'],
  table: ['mountain-car-q', '--set', 'episodes=1000000000', '--steps', '1000000000000'],
  // A learning rate that makes it diverge: the watchdog rolls back, and at last the run fails.
  ill: [
    ...['gan', '--set', 'critic-rate=3', '--set', 'generator-rate=3', '--checkpoint-every', '200'],
    ...['--on-alert', 'NonFiniteValues=rollback'],
  ],
};

/** Real runs, and a real Prometheus that scrapes them. */
export interface Watched {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the runs and lets them train for some minutes, one in the middle of which is resumed.
 * @param folder where their directories go
 */
export async function watchRuns(folder: string, minutes: number): Promise<Watched> {
  mkdirSync(folder, { recursive: true });
  const receiver = await otlpReceiver();
  const ports = new Map<string, number>();
  for (const name of Object.keys(runs)) ports.set(name, await freePort());
  const prometheus = await Prometheus.start({
    jobs: { weir: [...ports.values()].map((port) => `127.0.0.1:${port}`) },
    rules: join(project, 'dashboards/prometheus/rules.yml'),
    scrapeSeconds: 5,
  });
  const children = new Map<string, ChildProcess>();
  const start = (name: string, args: readonly string[]) =>
    children.set(name, weir([...args, '--quiet', '--port', String(ports.get(name))], receiver.url));
  for (const [name, args] of Object.entries(runs))
    start(name, ['train', '--steps', '1000000', '--log-every', '1000', ...args, '--out', join(folder, name)]);
  await sleep(minutes * 30_000);
  // A resume, for the marks and counters that only one makes.
  await ended(children.get('flagship')!);
  start('flagship', ['resume', join(folder, 'flagship')]);
  await sleep(minutes * 30_000);
  return {
    url: prometheus.url,
    async close() {
      for (const child of children.values()) await ended(child);
      await prometheus.stop();
      receiver.close();
    },
  };
}

function weir(args: readonly string[], collector: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', join(project, 'src/cli/main.ts'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector },
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
