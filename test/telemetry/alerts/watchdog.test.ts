import { describe, expect, it } from 'vitest';
import type { AlertPolicies } from '../../../src/runs/alert-policies.ts';
import type { RunEvent } from '../../../src/runs/events/run-observer.ts';
import { Watchdog } from '../../../src/telemetry/alerts/watchdog.ts';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { RunMetrics } from '../../../src/telemetry/metrics/run-metrics.ts';
import { numbersOf } from '../metrics/numbers-of.ts';

/** A watchdog with a clock of its own, and all that it does. */
function guarded(policies: AlertPolicies = {}) {
  const registry = new MetricRegistry();
  const metrics = new RunMetrics(registry, { players: ['critic'] });
  const [asked, warnings, told, sent]: [unknown[], string[], RunEvent[], unknown[]] = [[], [], [], []];
  let time = 1_700_000_000;
  const watchdog = new Watchdog({
    registry,
    policies,
    run: 'r',
    control: {
      checkpoint: () => asked.push('checkpoint'),
      rollBack: (reason, before) => asked.push(['rollBack', reason, before]),
      stopFor: (reason) => asked.push(['stopFor', reason]),
    },
    tell: (event) => told.push(event),
    warn: (message) => warnings.push(message),
    webhook: { send: (message) => sent.push(message), settled: async () => {} },
    scheduler: { now: () => 0, schedule: () => ({ unsubscribe() {} }) },
    now: () => time,
  });
  const tell = (event: RunEvent) => {
    metrics.onEvent(event);
    watchdog.onEvent(event);
  };
  /** Lets so many seconds pass, with a look every five. */
  const pass = async (seconds: number) => {
    for (let i = 0; i < seconds; i += 5) {
      time += 5;
      await watchdog.look();
    }
  };
  return { registry, watchdog, metrics, tell, pass, asked, warnings, told, sent };
}

const fault = {
  kind: 'fault',
  index: 7,
  code: 'NON_FINITE_LOSS',
  message: 'loss is NaN',
  player: 'critic',
} as const;

describe('the watchdog', () => {
  it('tells an alert on the terminal, to the other observers and to the webhook', async () => {
    const { tell, told, warnings, sent, registry } = guarded();
    tell({ kind: 'started', index: 7, steps: 10 });
    tell(fault);
    expect(warnings).toEqual(['alert NonFiniteValues (critical) at step 7: loss is NaN']);
    const alert = { index: 7, rule: 'NonFiniteValues', severity: 'critical', message: 'loss is NaN' };
    expect(told).toEqual([{ kind: 'alert', ...alert }]);
    expect(sent).toEqual([{ run: 'r', ...alert, at: expect.any(String) }]);
    expect((await numbersOf(registry, 'weir_alerts_total')).NonFiniteValues).toBe(1);
    expect(await numbersOf(registry, 'weir_nonfinite_values_total')).toEqual({ critic: 1 });
  });

  it('does not tell a second time what a fault has told', async () => {
    const { tell, pass, warnings } = guarded();
    tell(fault);
    await pass(60);
    expect(warnings).toHaveLength(1);
  });

  it.each([
    ['warn', []],
    ['checkpoint', ['checkpoint']],
    ['rollback', [['rollBack', 'NonFiniteValues: loss is NaN', 7]]],
    ['stop', [['stopFor', 'NonFiniteValues: loss is NaN']]],
  ] as const)('does what the policy %s says', (policy, expected) => {
    const { tell, asked } = guarded({ NonFiniteValues: policy });
    tell(fault);
    expect(asked).toEqual(expected);
  });

  it('goes back to before the trouble began, not to when it was raised', async () => {
    const { registry, watchdog, pass, asked } = guarded({ ModeCollapse: 'rollback' });
    const step = (index: number) => watchdog.onStep({ index, player: 'critic', seconds: 1, values: {} });
    step(99);
    registry.set('weir_gan_sample_diversity_ratio', 0.05);
    await pass(5);
    step(499);
    await pass(300);
    expect(asked).toEqual([['rollBack', expect.stringMatching(/^ModeCollapse: Samples look alike/), 100]]);
  });

  it('begins again at a border: what held before it is not counted on', async () => {
    const { registry, tell, pass, asked } = guarded({ GradientExplosion: 'rollback' });
    registry.set('weir_gradient_norm', 5000, { player: 'critic@4' });
    await pass(50);
    tell({ kind: 'phase', index: 9, name: 'to 8x8', number: 1, of: 3, step: 0 });
    await pass(50);
    expect(asked).toEqual([]);
    await pass(20);
    expect(asked).toHaveLength(1);
  });

  it('raises again what goes wrong again after a rollback', async () => {
    const { registry, tell, pass, asked } = guarded({ GradientExplosion: 'rollback' });
    registry.set('weir_gradient_norm', 5000, { player: 'critic' });
    await pass(65);
    expect(asked).toHaveLength(1);
    tell({ kind: 'rollback', index: 0, from: 9, reason: 'x', factor: 0.5 });
    await pass(60);
    expect(asked).toHaveLength(1);
    await pass(10);
    expect(asked).toHaveLength(2);
  });

  it('sees at the end that the run has failed, and asks nothing of it any more', async () => {
    const { tell, watchdog, warnings, asked } = guarded({ RunFailed: 'stop' });
    tell({ kind: 'started', index: 0, steps: 9 });
    tell({ kind: 'ended', index: 3, ended: 'failed' });
    await watchdog.close();
    expect(warnings).toEqual([expect.stringContaining('alert RunFailed (critical)')]);
    expect(asked).toEqual([]);
  });

  it('looks at nothing before the run has started, and holds no process', async () => {
    const scheduled: number[] = [];
    const registry = new MetricRegistry();
    const watchdog = new Watchdog({
      registry,
      warn: () => {},
      scheduler: {
        now: () => 0,
        schedule: (_, delay = 0) => {
          scheduled.push(delay);
          return { unsubscribe: () => void scheduled.pop() };
        },
      },
    });
    registry.set('weir_run_state', 1, { state: 'failed' });
    expect(scheduled).toEqual([]);
    await watchdog.close();
    expect(await numbersOf(registry, 'weir_alert_firing')).toMatchObject({ RunFailed: 0 });
  });

  it('does not take a first step that lasts for minutes for a stall', async () => {
    const { tell, pass, warnings } = guarded();
    tell({ kind: 'started', index: 0, steps: 9 });
    await pass(300);
    expect(warnings).toEqual([]);
  });
});
