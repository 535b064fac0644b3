import { basename, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { watchersOf } from '../../src/cli/watchers.ts';
import { execute, RunControl } from '../../src/runs/index.ts';
import { Run } from '../../src/streams/index.ts';
import { Watch } from '../../src/telemetry/alerts/watch.ts';
import { alerts, MetricRegistry, type Watchdog } from '../../src/telemetry/index.ts';
import { agentRun, smallRun } from '../support/run.ts';
import { scratchFolder } from '../support/weir.ts';
import { environment } from '../telemetry/traces/environment.ts';

const root = scratchFolder();

async function watched(name: string) {
  const { directory, config, assembly } = await smallRun(join(root, name));
  const run = new Run();
  const control = new RunControl(run, assembly.learner);
  const warn = () => {};
  const registry = new MetricRegistry({ run: basename(directory.path) });
  return {
    directory,
    config,
    run,
    assembly,
    registry,
    ...watchersOf({ directory, config, assembly, run, registry, control, warn }),
  };
}

it('names the run as its directory and describes it, with traces only where they are asked for', async () => {
  environment({});
  const { run, assembly, registry, observers } = await watched('small-7');
  expect(observers.map(({ name }) => name)).toEqual(['the metrics', 'the watchdog']);
  run.pause();
  assembly.learner.rateFactor = 0.25;
  const { body } = await registry.scrape();
  expect(body).toMatch(
    /weir_run_info\{run_id="small-7-\d+",kind="gan",recipe="wgan-gp",data="grid25",seed="1",run="small-7"\} 1/,
  );
  expect(body).toContain('weir_run_state{state="paused",run="small-7"} 1');
  expect(body).toContain('weir_run_rate_factor{run="small-7"} 0.25');
  expect(body).toContain('weir_nonfinite_values_total{player="generator",run="small-7"} 0');
  for (const observer of observers) await observer.close?.();
});

it('counts the steps of an agent in its environment by what it has played', async () => {
  environment({});
  const agent = join(root, 'agent');
  const set = { 'num-envs': 2, 'rollout-steps': 8, minibatch: 16, epochs: 1, width: 8 };
  const { directory, config, assembly } = await agentRun(agent, 'cart-pole-ppo', set, 5);
  const run = new Run();
  const registry = new MetricRegistry({ run: 'agent' });
  const control = new RunControl(run, assembly.learner);
  const warn = () => {};
  const { observers } = watchersOf({
    directory,
    config,
    assembly,
    run,
    registry,
    control,
    warn,
  });
  await execute({ directory, config, assembly, run, observers, warn });
  const { body } = await registry.scrape();
  expect(body).toContain(`weir_rl_environment_steps_total{run="agent"} ${5 * 2 * 8}\n`);
});

it('traces where the environment names a collector', async () => {
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  const { observers } = await watched('small-8');
  expect(observers.map(({ name }) => name)).toEqual(['the metrics', 'the traces', 'the watchdog']);
  for (const observer of observers) await observer.close?.();
});

it('counts observers that fail, from 0 on', async () => {
  environment({});
  const { directory, config, assembly, run, registry, observers, lost } = await watched('small-10');
  const failing = () => {
    throw new Error('broken');
  };
  const told = [...observers, { name: 'the metrics', onStep: failing }];
  const count = async () => (await registry.scrape()).body.match(/^weir_telemetry_errors_total.*$/gm);
  const counts = (metrics: number) => [
    `weir_telemetry_errors_total{observer="collect",run="small-10"} 0`,
    `weir_telemetry_errors_total{observer="metrics",run="small-10"} ${metrics}`,
    `weir_telemetry_errors_total{observer="watchdog",run="small-10"} 0`,
  ];
  expect(await count()).toEqual(counts(0));
  await execute({ directory, config, assembly, run, observers: told, lost, warn: () => {} });
  expect(await count()).toEqual(counts(1));
});

it('measures every stage of a GAN from its schedule to its checkpoints', async () => {
  environment({});
  const { directory, config, assembly, run, registry, observers, stages } = await watched('small-9');
  await execute({ directory, config, assembly, run, observers, stages, warn: () => {} });
  const { body } = await registry.scrape();
  for (const stage of ['schedule', 'learn', 'log', 'checkpoint'])
    expect(body).toContain(`weir_stream_items_total{stage="${stage}",run="small-9"} 20\n`);
});

it.each([
  [false, ['info', 'warning']],
  [true, ['warning']],
])('with quiet %s it tells alerts of these severities on the terminal: %j', async (quiet, severities) => {
  environment({});
  const { directory, config, assembly } = await smallRun(join(root, `quiet-${quiet}`));
  const [run, warnings]: [Run, string[]] = [new Run(), []];
  const registry = new MetricRegistry();
  const control = new RunControl(run, assembly.learner);
  const warn = (message: string) => warnings.push(message);
  const watched = { directory, config, assembly, run, registry, control, alerting: {}, quiet, warn };
  const watchers = watchersOf(watched);
  const watchdog = watchers.observers.find(({ name }) => name === 'the watchdog') as Watchdog;
  const look = vi.spyOn(Watch.prototype, 'look');
  look.mockResolvedValue(
    (['RewardPlateau', 'SpansDropped'] as const).map((rule) => ({ rule, alert: alerts[rule], since: 0 })),
  );
  await watchdog.look();
  look.mockRestore();
  await watchers.close();
  expect(warnings.map((text) => /\((\w+)\)/.exec(text)?.[1])).toEqual(severities);
});
