import { basename, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { execute, type RunContext, runContext } from '../../src/runs/index.ts';
import { Watch } from '../../src/telemetry/alerts/watch.ts';
import { alerts, MetricRegistry, telemetry, type Watchdog } from '../../src/telemetry/index.ts';
import { agentRun, smallRun } from '../support/run.ts';
import { scratchFolder } from '../support/weir.ts';
import { environment } from './traces/environment.ts';

const root = scratchFolder();

/** A run and what measures it. */
async function measured(context: RunContext) {
  const registry = new MetricRegistry({ run: basename(context.directory.path) });
  const { observers = [], stages, close } = await telemetry({ registry })(context);
  const closed = async () => {
    for (const observer of observers) await observer.close?.();
    close?.();
  };
  const executed = async (...more: NonNullable<typeof observers>) => {
    await execute(context, { observers: [...observers, ...more], ...(stages && { stages }) });
    close?.();
  };
  return { ...context, registry, observers, closed, executed };
}

const watched = async (name: string) =>
  measured(runContext({ ...(await smallRun(join(root, name))), warn: () => {} }));

it('names the run as its directory and describes it, with traces only where they are asked for', async () => {
  environment({});
  const { run, assembly, registry, observers, closed } = await watched('small-7');
  expect(observers.map(({ name }) => name)).toEqual(['the metrics', 'the watchdog', 'the failures']);
  run.pause();
  assembly.learner.rateFactor = 0.25;
  const { body } = await registry.scrape();
  expect(body).toMatch(
    /weir_run_info\{run_id="small-7-\d+",kind="gan",recipe="wgan-gp",data="grid25",seed="1",run="small-7"\} 1/,
  );
  expect(body).toContain('weir_run_state{state="paused",run="small-7"} 1');
  expect(body).toContain('weir_run_rate_factor{run="small-7"} 0.25');
  expect(body).toContain('weir_nonfinite_values_total{player="generator",run="small-7"} 0');
  await closed();
});

it('counts the steps of an agent in its environment by what it has played', async () => {
  environment({});
  const agent = join(root, 'agent');
  const set = { 'num-envs': 2, 'rollout-steps': 8, minibatch: 16, epochs: 1, width: 8 };
  const { registry, executed } = await measured(runContext(await agentRun(agent, 'cart-pole-ppo', set, 5)));
  await executed();
  const { body } = await registry.scrape();
  expect(body).toContain(`weir_rl_environment_steps_total{run="agent"} ${5 * 2 * 8}\n`);
  expect(body).toMatch(/weir_run_info\{run_id="agent-\d+",kind="rl",recipe="cart-pole-ppo",/);
});

it('sends all three signals where the environment names a collector', async () => {
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  const { observers, closed } = await watched('small-8');
  expect(observers.map(({ name }) => name)).toEqual([
    'the metrics',
    'the traces',
    'the log records',
    'the watchdog',
    'the failures',
    'the push of metrics',
  ]);
  await closed();
});

it('counts observers that fail, from 0 on', async () => {
  environment({});
  const { registry, executed } = await watched('small-10');
  const failing = () => {
    throw new Error('broken');
  };
  const count = async () => (await registry.scrape()).body.match(/^weir_telemetry_errors_total.*$/gm);
  const counts = (metrics: number) => [
    `weir_telemetry_errors_total{observer="collect",run="small-10"} 0`,
    `weir_telemetry_errors_total{observer="metrics",run="small-10"} ${metrics}`,
    `weir_telemetry_errors_total{observer="watchdog",run="small-10"} 0`,
  ];
  expect(await count()).toEqual(counts(0));
  await executed({ name: 'the metrics', onStep: failing });
  expect(await count()).toEqual(counts(1));
});

it('measures every stage of a GAN from its schedule to its checkpoints', async () => {
  environment({});
  const { registry, executed } = await watched('small-9');
  await executed();
  const { body } = await registry.scrape();
  for (const stage of ['schedule', 'learn', 'log', 'checkpoint'])
    expect(body).toContain(`weir_stream_items_total{stage="${stage}",run="small-9"} 20\n`);
});

it('tells alerts and their severities', async () => {
  environment({});
  const context = runContext(await smallRun(join(root, 'alerts')));
  const [registry, told] = [new MetricRegistry(), [] as string[]];
  const warn = (message: string, severity: string) => told.push(`${severity}: ${message}`);
  const { observers = [], close } = await telemetry({ registry, warn })(context);
  const watchdog = observers.find(({ name }) => name === 'the watchdog') as Watchdog;
  const look = vi.spyOn(Watch.prototype, 'look');
  look.mockResolvedValue(
    (['RewardPlateau', 'SpansDropped'] as const).map((rule) => ({ rule, alert: alerts[rule], since: 0 })),
  );
  await watchdog.look();
  look.mockRestore();
  for (const observer of observers) await observer.close?.();
  close?.();
  expect(told.map((text) => /^(\w+): alert (\w+)/.exec(text)?.slice(1))).toEqual([
    ['info', 'RewardPlateau'],
    ['warning', 'SpansDropped'],
  ]);
});
