import { join } from 'node:path';
import { expect, it } from 'vitest';
import { watchersOf } from '../../src/cli/watchers.ts';
import { execute } from '../../src/recipes/index.ts';
import { Run } from '../../src/streams/index.ts';
import { smallRun } from '../support/run.ts';
import { scratchFolder } from '../support/weir.ts';
import { environment } from '../telemetry/traces/environment.ts';

const root = scratchFolder();

it('names the run as its directory and describes it, with traces only where they are asked for', async () => {
  environment({});
  const { directory, config, assembly } = await smallRun(join(root, 'small-7'));
  const run = new Run();
  const { registry, observers } = watchersOf({ directory, config, assembly, run });
  expect(observers.map(({ name }) => name)).toEqual(['the metrics']);
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

it('traces where the environment names a collector', async () => {
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  const { directory, config, assembly } = await smallRun(join(root, 'small-8'));
  const { observers } = watchersOf({ directory, config, assembly, run: new Run() });
  expect(observers.map(({ name }) => name)).toEqual(['the metrics', 'the traces']);
  for (const observer of observers) await observer.close?.();
});

it('measures every stage of a GAN from its schedule to its checkpoints', async () => {
  environment({});
  const { directory, config, assembly } = await smallRun(join(root, 'small-9'));
  const run = new Run();
  const { registry, observers, stages } = watchersOf({ directory, config, assembly, run });
  await execute({ directory, config, assembly, run, observers, stages, warn: () => {} });
  const { body } = await registry.scrape();
  for (const stage of ['schedule', 'learn', 'log', 'checkpoint'])
    expect(body).toContain(`weir_stream_items_total{stage="${stage}",run="small-9"} 20\n`);
});
