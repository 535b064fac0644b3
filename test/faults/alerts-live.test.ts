import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboard } from '../../dashboards/source/board.ts';
import { boards } from '../../dashboards/source/boards.ts';
import { type AlertName, alerts, MetricRegistry } from '../../src/telemetry/index.ts';
import { chosen } from '../dashboards/promql.ts';
import { fakeAlertmanager } from '../support/alertmanager.ts';
import { has } from '../support/programs.ts';
import { Prometheus } from '../support/prometheus.ts';
import { scratchFolder } from '../support/weir.ts';

const rules = join(import.meta.dirname, '../../dashboards/prometheus/rules.yml');

/** The metrics of a run that trains well, as a trainer exposes them; each can then be made sick. */
async function trainer(run: string) {
  const registry = new MetricRegistry({ run });
  let step = 0;
  let standing = false;
  registry.set('weir_run_state', 1, { state: 'running' });
  registry.set('weir_run_state', 0, { state: 'failed' });
  registry.set('weir_run_start_timestamp_seconds', Date.now() / 1000);
  registry.set('weir_checkpoint_interval_steps', 1_000_000);
  registry.set('weir_checkpoint_last_step', 0);
  registry.set('weir_gan_sample_diversity_ratio', 0.9);
  registry.set('weir_gan_critic_accuracy_ratio', 0.8, { source: 'real' });
  registry.set('weir_gan_critic_accuracy_ratio', 0.7, { source: 'fake' });
  registry.set('weir_gradient_norm', 1, { player: 'critic' });
  registry.add('weir_nonfinite_values_total', 0, { player: 'critic' });
  const server = createServer(async (request, response) => {
    if (!standing) {
      step += 100;
      registry.set('weir_run_global_step', step);
      registry.set('weir_run_last_step_timestamp_seconds', Date.now() / 1000);
    }
    const { contentType, body } = await registry.scrape(request.headers.accept);
    response.setHeader('content-type', contentType).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    registry,
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** No step from now on; the last one was two minutes ago. */
    stand() {
      standing = true;
      registry.set('weir_run_last_step_timestamp_seconds', Date.now() / 1000 - 120);
    },
    die() {
      server.close();
      server.closeAllConnections();
    },
  };
}

type Trainer = Awaited<ReturnType<typeof trainer>>;

/** What is done to a run, and the alert that must come of it and no other. */
const illnesses: Partial<Record<AlertName, (sick: Trainer) => void>> = {
  NonFiniteValues: ({ registry }) => registry.add('weir_nonfinite_values_total', 1, { player: 'critic' }),
  GradientExplosion: ({ registry }) => registry.set('weir_gradient_norm', 1e6, { player: 'critic' }),
  ModeCollapse: ({ registry }) => registry.set('weir_gan_sample_diversity_ratio', 0.02),
  CriticOverpowering({ registry }) {
    registry.set('weir_gan_critic_accuracy_ratio', 0.999, { source: 'real' });
    registry.set('weir_gan_critic_accuracy_ratio', 0.999, { source: 'fake' });
  },
  TrainingStalled: (sick) => sick.stand(),
  CheckpointStale: ({ registry }) => registry.set('weir_checkpoint_interval_steps', 1),
  RunFailed({ registry }) {
    registry.set('weir_run_state', 0, { state: 'running' });
    registry.set('weir_run_state', 1, { state: 'failed' });
  },
  SpansDropped: ({ registry }) => registry.add('weir_spans_total', 5, { result: 'dropped' }),
  TargetDown: (sick) => sick.die(),
};
const names = Object.keys(illnesses) as AlertName[];

describe.skipIf(!has('prometheus'))('alerts in a real Prometheus', () => {
  const folder = scratchFolder();
  const trainers = new Map<string, Trainer>();
  let prometheus: Prometheus;
  let alertmanager: Awaited<ReturnType<typeof fakeAlertmanager>>;

  beforeAll(async () => {
    for (const run of [...names, 'healthy']) trainers.set(run, await trainer(run));
    alertmanager = await fakeAlertmanager();
    // Minutes of waiting become seconds; promtool has tested the real durations.
    const hasty = join(folder, 'rules.yml');
    writeFileSync(hasty, readFileSync(rules, 'utf8').replaceAll(/for: \d+s/g, 'for: 2s'));
    prometheus = await Prometheus.start({
      jobs: { weir: [...trainers.values()].map(({ address }) => address) },
      rules: hasty,
      alertmanager: alertmanager.address,
      scrapeSeconds: 1,
    });
  });

  afterAll(async () => {
    await prometheus?.stop();
    alertmanager?.close();
    for (const { die } of trainers.values()) die();
  });

  it('stays silent while all runs are well, then tells of each illness and of nothing else', async () => {
    // A rate needs some samples of health before the illness.
    await expect
      .poll(async () => (await prometheus.query('count_over_time(up[1m]) > 5')).length)
      .toBe(trainers.size);
    expect(await prometheus.alerts()).toEqual([]);
    expect(alertmanager.told).toEqual([]);

    for (const name of names) illnesses[name]!(trainers.get(name)!);

    const instanceOf = new Map([...trainers].map(([run, { address }]) => [address, run]));
    const expected = names.map((name) => `${name} of ${name}`).sort();
    await expect
      .poll(
        async () => {
          const firing = await prometheus.alerts();
          return firing
            .filter(({ state }) => state === 'firing')
            .map(({ labels }) => `${labels.alertname} of ${instanceOf.get(labels.instance!)}`)
            .sort();
        },
        { interval: 1000 },
      )
      .toEqual(expected);
  });

  it('marks every firing alert on the boards', async () => {
    const [alertMarks] = dashboard(boards[0]!).annotations.list!.filter(({ name }) => name === 'Alerts');
    const marks = await prometheus.query(chosen(alertMarks!.expr!));
    expect(marks.map(({ metric }) => metric.alertname).sort()).toEqual([...names].sort());
  });

  it('tells the Alertmanager what happened to whom, how bad it is, and where to read on', async () => {
    const told = (name: AlertName) => alertmanager.told.find(({ labels }) => labels.alertname === name);
    for (const name of names) {
      await expect.poll(() => told(name)?.labels.severity).toBe(alerts[name].severity);
      const { annotations } = told(name)!;
      const whom = name === 'TargetDown' ? trainers.get(name)!.address : name;
      expect(annotations.summary).toBe(`${whom}: ${alerts[name].summary}`);
      expect(annotations.runbook_url).toContain('/d/weir-runbook?viewPanel=');
    }
    expect(alertmanager.told.filter(({ labels }) => labels.run === 'healthy')).toEqual([]);
  });
});
