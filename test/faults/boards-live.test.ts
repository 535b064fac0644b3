import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboard } from '../../dashboards/source/board.ts';
import { boards } from '../../dashboards/source/boards.ts';
import { type Target, targetsOf } from '../dashboards/panels.ts';
import { chosen } from '../dashboards/promql.ts';
import { otlpReceiver } from '../support/otlp-receiver.ts';
import { freePort } from '../support/ports.ts';
import { has } from '../support/programs.ts';
import { Prometheus } from '../support/prometheus.ts';
import { scratchFolder, type WeirProcess, weirProcessIn } from '../support/weir.ts';

/** Trains throughout the test, is evaluated and saved, and sends traces. */
const main = ['wgan-gp', '--set', 'width=16', '--evaluate-every', '500', '--checkpoint-every', '500'];

/**
 * Train one after another until they have been scraped a few times: for the panels of single
 * techniques and of agents.
 */
const others: Record<string, readonly string[]> = {
  wgan: ['wgan', '--set', 'width=16'],
  // R1 has no metric of its own: it is shown as a value of one's own is.
  gan: ['gan', '--set', 'penalty-kind=r1'],
  'sn-gan': ['sn-gan'],
  'vae-gan': ['vae-gan'],
  'info-gan': ['info-gan'],
  'ac-gan': ['ac-gan', '--data', 'shapes:16', '--batch', '8', '--evaluate-every', '20', '--samples', '100'],
  'feature-matching': ['feature-matching'],
  'historical-averaging': ['historical-averaging'],
  sagan: ['sagan', '--data', 'shapes:16', '--batch', '8'],
  'progressive-gan': [
    'progressive-gan',
    '--data',
    'shapes:16',
    '--batch',
    '8',
    '--set',
    'filters=8',
    '--set',
    'stay=40',
  ],
  'mountain-car-q': ['mountain-car-q', '--set', 'episodes=1000000000'],
  'cart-pole-dqn': ['cart-pole-dqn', '--set', 'warmup=2', '--evaluate-every', '50', '--episodes', '2'],
  'cart-pole-ppo': ['cart-pole-ppo'],
  'pendulum-sac': ['pendulum-sac', '--set', 'warmup=2'],
};

/** Runs a script of the tests. */
function scriptIn(environment: Readonly<Record<string, string>>, file: string, ...args: string[]) {
  const entry = join(import.meta.dirname, file);
  return spawn(process.execPath, ['--import', 'tsx', entry, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
}

/**
 * Rates are taken over 30 s and quantiles over those: after this, every query has had time to have
 * an answer.
 */
const warmUpSeconds = 80;

describe.skipIf(!has('prometheus'))('boards of real runs in a real Prometheus', () => {
  const folder = scratchFolder();
  const began = Date.now();
  const ports = new Map<string, number>();
  let run: WeirProcess;
  /** A stream without the command line, whose source is read ahead. */
  let own: ChildProcess;
  let receiver: Awaited<ReturnType<typeof otlpReceiver>>;
  let prometheus: Prometheus;

  /** Starts a run that is called so. */
  function start(name: string, args: readonly string[]): WeirProcess {
    const endless = ['--steps', '1000000000000', '--log-every', '1000', '--quiet'];
    const place = ['--out', join(folder, name), '--port', String(ports.get(name))];
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '500' };
    return weirProcessIn(environment, 'train', ...args, ...endless, ...place);
  }

  /** Waits until Prometheus answers a query about a run. */
  async function answered(query: string, name: string, { child, finished }: WeirProcess): Promise<void> {
    for (
      const deadline = Date.now() + 600_000;
      (await prometheus.query(query)).length === 0;
      await seconds(1)
    ) {
      if (child.exitCode !== null) throw new Error(`${name} has ended: ${(await finished).stderr}`);
      if (Date.now() > deadline) throw new Error(`${name}: no answer to ${query}`);
    }
  }

  /** Has been seen learning so many times. */
  const seen = (name: string, times: number) =>
    `count_over_time((weir_run_global_step{run="${name}"} > 0)[5m:2s]) >= ${times}`;

  beforeAll(async () => {
    receiver = await otlpReceiver();
    for (const name of ['main', 'own', ...Object.keys(others)]) ports.set(name, await freePort());
    prometheus = await Prometheus.start({
      jobs: { weir: [...ports.values()].map((port) => `127.0.0.1:${port}`) },
    });
    run = start('main', main);
    own = scriptIn({ WEIR_RUN: 'own' }, '../support/own-run.ts', String(ports.get('own')));
    await answered(seen('main', 5), 'main', run);
    const warm = seconds(warmUpSeconds);
    const features = join(folder, 'features.safetensors');
    const network = [
      'features',
      'train',
      '--data',
      'shapes:16',
      '--images',
      '500',
      '--epochs',
      '1',
      '--quiet',
    ];
    expect((await weirProcessIn({}, ...network, '--out', features).finished).code).toBe(0);
    others['ac-gan'] = [...others['ac-gan']!, '--features', features];
    for (const [name, args] of Object.entries(others)) {
      const other = start(name, args);
      try {
        await answered(seen(name, 4), name, other);
        if (name === 'progressive-gan')
          await answered(`changes(weir_phase{run="${name}"}[5m]) > 0`, name, other);
      } finally {
        other.child.kill('SIGTERM');
        await other.finished;
      }
    }
    await warm;
  });

  afterAll(async () => {
    own?.kill('SIGKILL');
    run?.child.kill('SIGKILL');
    await run?.finished;
    await prometheus?.stop();
    receiver?.close();
  });

  /** What a target has been answered since the beginning of the test. */
  function ask({ expr }: Target) {
    return prometheus.range(chosen(expr).replaceAll('[5m]', '[30m]'), (Date.now() - began) / 1000);
  }

  it.each(boards.map((board) => [board.title, board] as const))(
    '%s has an answer to every query',
    async (_, board) => {
      const unanswered: string[] = [];
      for (const target of targetsOf(board)) {
        const values = (await ask(target)).flatMap((series) => series.values.map(([, value]) => value));
        if (!values.some(Number.isFinite)) unanswered.push(`${target.where}: ${target.expr}`);
        expect(
          values.filter((value) => Math.abs(value) === Infinity),
          target.where,
        ).toEqual([]);
      }
      console.info(`${board.title}: ${targetsOf(board).length} queries`);
      expect(unanswered).toEqual([]);
    },
  );

  it('offers every run under every variable', async () => {
    const variables = dashboard(boards[0]!).templating.list!.filter(({ type }) => type === 'query');
    for (const { name, query } of variables) {
      const [, series, label] = /^label_values\((.+), (\w+)\)$/.exec(query as string)!;
      const values = await prometheus.labelValues(label!, chosen(series!));
      expect(values, name).toHaveLength(name === 'job' ? 1 : ports.size);
      if (name === 'run') expect(values).toEqual([...ports.keys()].sort());
    }
  });

  it('has marks for checkpoints, process starts and phases, and none for alerts of a healthy run', async () => {
    const now = Date.now();
    for (const { name, expr } of dashboard(boards[0]!).annotations.list!) {
      const found = await prometheus.range(chosen(expr!), name === 'Phases' ? (now - began) / 1000 : 60);
      const times = found.flatMap(({ values }) => values.map(([, value]) => value));
      if (name === 'Alerts' || name === 'Roll-backs') expect(times).toEqual([]);
      else if (name === 'Phases') expect(found.map(({ metric }) => metric.run)).toContain('progressive-gan');
      else {
        expect(found.map(({ metric }) => metric.run)).toContain('main');
        // The value is the time of the mark, in milliseconds.
        expect(Math.min(...times), name).toBeGreaterThan(began - 60_000);
        expect(Math.max(...times), name).toBeLessThanOrEqual(now + 5_000);
      }
    }
  });

  it('has exemplars where panels ask for them, and each leads to a span that was really received', async () => {
    const asking = boards.flatMap((board) => targetsOf(board)).filter(({ exemplar }) => exemplar);
    const found = [];
    for (const { where, expr } of asking) {
      const exemplars = await prometheus.exemplars(chosen(expr), (Date.now() - began) / 1000);
      expect(exemplars.length, where).toBeGreaterThan(0);
      found.push(...exemplars);
    }
    run.child.kill('SIGTERM');
    expect((await run.finished).code).toBe(0);
    const received = new Set(receiver.spans.map(({ traceId, spanId }) => `${traceId} ${spanId}`));
    const lost = found.filter(({ labels }) => !received.has(`${labels.trace_id} ${labels.span_id}`));
    console.info(`${found.length} exemplars, ${received.size} spans received, ${lost.length} without a span`);
    expect(lost).toEqual([]);
  });
});

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}
