import { describe, expect, it } from 'vitest';
import { Watch } from '../../../src/telemetry/alerts/watch.ts';
import type { MetricName } from '../../../src/telemetry/metrics/catalogue.ts';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { numbersOf } from '../metrics/numbers-of.ts';

const start = 1_700_000_000;

/**
 * A watch over metrics that a story sets, looking every five seconds; answers `seconds: rule` of
 * what begins.
 */
async function story(
  seconds: number,
  tell: (second: number, registry: MetricRegistry) => void,
): Promise<string[]> {
  const registry = new MetricRegistry();
  const watch = new Watch(registry);
  registry.set('weir_run_start_timestamp_seconds', start);
  registry.set('weir_run_state', 1, { state: 'running' });
  const begun: string[] = [];
  for (let second = 0; second <= seconds; second += 5) {
    registry.set('weir_run_last_step_timestamp_seconds', start + second);
    tell(second, registry);
    for (const { rule } of await watch.look(start + second, second)) begun.push(`${second}: ${rule}`);
  }
  return begun;
}

const gauge =
  (name: MetricName, values: Record<string, [labels: Record<string, string>, value: number]>) =>
  (_: number, registry: MetricRegistry) => {
    for (const [labels, value] of Object.values(values)) registry.set(name, value, labels);
  };

describe('the watch', () => {
  it('sees nothing wrong in a run that goes well', async () => {
    const well = (second: number, registry: MetricRegistry) => {
      registry.cell('weir_steps_total', { player: 'critic' }).value = second * 100;
      registry.set('weir_gradient_norm', 1, { player: 'critic' });
      registry.set('weir_gan_sample_diversity_ratio', 0.9);
      registry.set('weir_run_global_step', second);
      registry.set('weir_checkpoint_last_step', second);
      registry.set('weir_checkpoint_interval_steps', 50);
    };
    expect(await story(4000, well)).toEqual([]);
  });

  it('raises a number that is not finite at once', async () => {
    const broken = (second: number, registry: MetricRegistry) => {
      registry.initialise('weir_nonfinite_values_total', { player: 'critic' });
      if (second === 20) registry.add('weir_nonfinite_values_total', 1, { player: 'critic' });
    };
    expect(await story(600, broken)).toEqual(['20: NonFiniteValues']);
  });

  it('raises a collapse when it has lasted for five minutes, once, and again when it comes back', async () => {
    const collapse = (second: number, registry: MetricRegistry) =>
      registry.set('weir_gan_sample_diversity_ratio', second >= 100 && second !== 600 ? 0.05 : 0.9);
    expect(await story(1000, collapse)).toEqual(['400: ModeCollapse', '905: ModeCollapse']);
  });

  it('raises nothing for a collapse that passes', async () => {
    const passing = (second: number, registry: MetricRegistry) =>
      registry.set('weir_gan_sample_diversity_ratio', second % 300 < 290 ? 0.05 : 0.9);
    expect(await story(2000, passing)).toEqual([]);
  });

  it('raises a stall when there was no step for a minute, unless the run is paused', async () => {
    const stalled = (state: 'running' | 'paused') => (second: number, registry: MetricRegistry) => {
      registry.set('weir_run_state', Number(state === 'running'), { state: 'running' });
      registry.set('weir_run_last_step_timestamp_seconds', start + Math.min(second, 30));
    };
    expect(await story(300, stalled('running'))).toEqual(['95: TrainingStalled']);
    expect(await story(300, stalled('paused'))).toEqual([]);
  });

  it('raises spans that are lost', async () => {
    const dead = (second: number, registry: MetricRegistry) =>
      registry.set('weir_spans_total', second > 30 ? second : 0, { result: 'failed' });
    expect(await story(100, dead)).toEqual(['35: SpansDropped']);
  });

  it('raises a critic that is too strong only where both accuracies say so', async () => {
    const name = 'weir_gan_critic_accuracy_ratio';
    const accuracies = (real: number, fake: number) =>
      gauge(name, { real: [{ source: 'real' }, real], fake: [{ source: 'fake' }, fake] });
    expect(await story(400, accuracies(0.99, 0.99))).toEqual(['300: CriticOverpowering']);
    expect(await story(400, accuracies(0.99, 0.5))).toEqual([]);
  });

  it('raises a drop of the rate below half of its mean, once half an hour is known', async () => {
    let steps = 0;
    const slower = (second: number, registry: MetricRegistry) => {
      steps += second > 2000 ? 5 : 500;
      registry.cell('weir_steps_total', { player: 'critic' }).value = steps;
    };
    // Below half when most of a minute is slow, and two minutes of that: from about 2030 to 2150.
    const [first, ...more] = await story(2400, slower);
    expect(more).toEqual([]);
    expect(first).toMatch(/^21[5-6]\d: ThroughputDrop$/);
  });

  it('raises checkpoints that are missing, leaks, and a failed run', async () => {
    const missing = (second: number, registry: MetricRegistry) => {
      registry.set('weir_run_global_step', second);
      registry.set('weir_checkpoint_last_step', 0);
      registry.set('weir_checkpoint_interval_steps', 10);
    };
    expect(await story(100, missing)).toEqual(['35: CheckpointStale']);
    const leaking = (second: number, registry: MetricRegistry) =>
      registry.set('weir_engine_tensors', 100 + second);
    expect((await story(4000, leaking)).map((begun) => begun.split(' ')[1])).toEqual(['TensorLeak']);
    const failing = (second: number, registry: MetricRegistry) =>
      registry.set('weir_run_state', Number(second > 10), { state: 'failed' });
    expect(await story(50, failing)).toEqual(['15: RunFailed']);
  });

  it('raises a plateau of the return, once an hour is known', async () => {
    const plateau = (second: number, registry: MetricRegistry) =>
      registry.set('weir_rl_episode_return_mean', Math.min(second, 1000));
    expect((await story(4000, plateau)).map((begun) => begun.split(' ')[1])).toEqual(['RewardPlateau']);
  });

  it('shows what is raised now, and begins again when it is told to forget', async () => {
    const registry = new MetricRegistry();
    const watch = new Watch(registry);
    const firing = async () => (await numbersOf(registry, 'weir_alert_firing')).RunFailed;
    expect(await firing()).toBe(0);
    registry.set('weir_run_state', 1, { state: 'failed' });
    expect((await watch.look(start, 7)).map(({ rule, since }) => [rule, since])).toEqual([['RunFailed', 7]]);
    expect(await firing()).toBe(1);
    expect(await watch.look(start + 5, 8)).toEqual([]);
    watch.forget();
    expect((await watch.look(start + 10, 9)).map(({ since }) => since)).toEqual([9]);
  });
});
