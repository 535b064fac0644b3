import { describe, expect, it } from 'vitest';
import { EventMeter, showScores } from '../../../src/telemetry/metrics/event-meter.ts';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { numbersOf } from './numbers-of.ts';

function metered(player: string, ...events: Record<string, number>[]) {
  const registry = new MetricRegistry();
  const meter = new EventMeter(registry, player);
  events.forEach((values, index) => {
    meter.take({ index, player, seconds: 0.25, values });
  });
  meter.show();
  return registry;
}

describe('the meter of events', () => {
  it('counts steps and shows the means of the values', async () => {
    const registry = metered('critic', { loss: 1, penalty: 5 }, { loss: 4, penalty: 7 });
    expect(await numbersOf(registry, 'weir_steps_total')).toEqual({ critic: 2 });
    expect(await numbersOf(registry, 'weir_loss')).toEqual({ critic: 2.5 });
    expect(await numbersOf(registry, 'weir_gan_gradient_penalty')).toEqual({ '': 6 });
    expect(registry.buckets('weir_step_duration_seconds', { player: 'critic' }).sum).toBe(0.5);
  });

  it('counts steps that come together by their mean duration', async () => {
    const registry = new MetricRegistry();
    new EventMeter(registry, 'critic').count(8, 4);
    expect(await numbersOf(registry, 'weir_steps_total')).toEqual({ critic: 8 });
    const { sum, counts } = registry.buckets('weir_step_duration_seconds', { player: 'critic' });
    expect([sum, Math.max(...counts)]).toEqual([4, 8]);
  });

  it('tells real from fake by label', async () => {
    const registry = metered('critic', { realAccuracy: 0.75, fakeAccuracy: 0.5 });
    expect(await numbersOf(registry, 'weir_gan_critic_accuracy_ratio')).toEqual({
      real: 0.75,
      fake: 0.5,
    });
  });

  it('counts what is not finite and leaves it out of the mean', async () => {
    const registry = metered('critic', { loss: 1 }, { loss: Number.NaN }, { loss: -Infinity }, { loss: 2 });
    expect(await numbersOf(registry, 'weir_loss')).toEqual({ critic: 1.5 });
    expect(await numbersOf(registry, 'weir_nonfinite_values_total')).toEqual({ critic: 2 });
  });

  it('keeps the last mean where nothing came since', async () => {
    const registry = new MetricRegistry();
    const meter = new EventMeter(registry, 'critic');
    meter.take({ index: 0, player: 'critic', seconds: 1, values: { loss: 3 } });
    meter.show();
    meter.show();
    expect(await numbersOf(registry, 'weir_loss')).toEqual({ critic: 3 });
  });

  it('counts an episode where an event has a return, whatever the others have', async () => {
    const registry = metered(
      'agent',
      { epsilon: 0.5, tdError: 1 },
      { return: 10, length: 5, epsilon: 0.5, tdError: 2 },
      { epsilon: 0.25, tdError: 3 },
      { epsilon: 0.25, return: -2, tdError: 6, length: 7 },
    );
    expect(await numbersOf(registry, 'weir_rl_episodes_total')).toEqual({ '': 2 });
    expect(await numbersOf(registry, 'weir_rl_environment_steps_total')).toEqual({ '': 12 });
    expect(await numbersOf(registry, 'weir_rl_episode_return_mean')).toEqual({ '': 4 });
    expect(await numbersOf(registry, 'weir_rl_episode_return_min')).toEqual({ '': -2 });
    expect(await numbersOf(registry, 'weir_rl_episode_return_max')).toEqual({ '': 10 });
    expect(await numbersOf(registry, 'weir_rl_td_error')).toEqual({ '': 3 });
    expect(await numbersOf(registry, 'weir_rl_exploration_ratio')).toEqual({ '': 0.375 });
    expect(registry.buckets('weir_rl_episode_length_steps').sum).toBe(12);
  });

  it('shows values without a metric of their own by player and name', async () => {
    const registry = metered('critic', { roundness: 1, loss: 2 }, { roundness: 4, loss: 2 });
    expect(await numbersOf(registry, 'weir_loss')).toEqual({ critic: 2 });
    expect(await numbersOf(registry, 'weir_step_value')).toEqual({ 'critic,roundness': 2.5 });
  });
});

describe('showScores', () => {
  it('shows scores by their own metrics, and values of events that an evaluation measures by those of events', async () => {
    const registry = new MetricRegistry();
    showScores(registry, { fid: 12.5, coverage: 0.5, diversity: 0.75, loss: 3, own: 1, kid: Number.NaN });
    expect(await numbersOf(registry, 'weir_evaluation_frechet_distance')).toEqual({ '': 12.5 });
    expect(await numbersOf(registry, 'weir_evaluation_coverage_ratio')).toEqual({ '': 0.5 });
    expect(await numbersOf(registry, 'weir_rl_table_coverage_ratio')).toEqual({});
    expect(await numbersOf(registry, 'weir_gan_sample_diversity_ratio')).toEqual({ '': 0.75 });
    expect(await numbersOf(registry, 'weir_evaluation_kernel_distance')).toEqual({});
    expect(await numbersOf(registry, 'weir_evaluation_value')).toEqual({ loss: 3, own: 1 });
  });
});
