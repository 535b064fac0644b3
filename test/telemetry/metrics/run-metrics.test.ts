import { describe, expect, it } from 'vitest';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { type RunDescription, RunMetrics } from '../../../src/telemetry/metrics/run-metrics.ts';
import { numbersOf } from './numbers-of.ts';

/** A run whose seconds pass when `second` is called. */
function observed(run: RunDescription = {}) {
  const registry = new MetricRegistry({ run: 'test' });
  let work = () => {};
  const scheduler = {
    now: () => 0,
    schedule: (next: () => void) => {
      work = next;
      const unsubscribe = () => {
        work = () => {};
      };
      return { unsubscribe };
    },
  };
  const observer = new RunMetrics(registry, run, scheduler);
  const step = (index: number, values: Record<string, number> = {}, player = 'critic') =>
    observer.onStep({ index, player, seconds: 0.001, values });
  return { registry, observer, step, second: () => work() };
}

describe('the metrics of a run', () => {
  it('show the mean of each second', async () => {
    const { registry, step, second } = observed();
    step(0, { loss: 1 });
    step(1, { loss: 3 });
    second();
    step(2, { loss: 10 });
    expect(await numbersOf(registry, 'weir_loss')).toEqual({ critic: 2 });
    second();
    expect(await numbersOf(registry, 'weir_loss')).toEqual({ critic: 10 });
  });

  it('are the same for any number of scrapers', async () => {
    const { registry, step, second } = observed();
    step(0, { loss: 1 });
    second();
    step(1, { loss: 5 });
    const loss = async () => /weir_loss\S+ (\S+)/.exec((await registry.scrape()).body)?.[1];
    expect([await loss(), await loss(), await loss()]).toEqual(['1', '1', '1']);
  });

  it('have a loss at the first scrape, be it before the first second is over', async () => {
    const { registry, step } = observed();
    step(0, { loss: 1.5 });
    expect((await registry.scrape()).body).toContain('weir_loss{player="critic",run="test"} 1.5');
  });

  it('say the phase and the step in it, and hide the gauges of players that no longer move', async () => {
    const { registry, observer, step, second } = observed();
    const phase = { kind: 'phase', of: 2 } as const;
    observer.onEvent({ ...phase, index: 3, name: '4x4', number: 0, step: 3, steps: 5 });
    step(3, { loss: 1, alpha: 1, side: 4 }, 'critic@4');
    second();
    expect(await numbersOf(registry, 'weir_phase')).toEqual({ '4x4': 1 });
    expect(await numbersOf(registry, 'weir_phase_step')).toEqual({ '': 4 });
    expect(await numbersOf(registry, 'weir_phase_steps')).toEqual({ '': 5 });
    observer.onEvent({ ...phase, index: 5, name: 'to 8x8', number: 1, step: 0 });
    step(5, { loss: 2, alpha: 0.25, side: 8 }, 'critic@8');
    second();
    expect(await numbersOf(registry, 'weir_phase')).toEqual({ '4x4': 0, 'to 8x8': 1 });
    expect(await numbersOf(registry, 'weir_phase_step')).toEqual({ '': 1 });
    expect(await numbersOf(registry, 'weir_phase_steps')).toEqual({});
    expect(await numbersOf(registry, 'weir_loss')).toEqual({ 'critic@8': 2 });
    expect(await numbersOf(registry, 'weir_gan_fade_in_ratio')).toEqual({ '': 0.25 });
    expect(await numbersOf(registry, 'weir_gan_side_pixels')).toEqual({ '': 8 });
  });

  it('count no examples where there are no batches', async () => {
    const { registry, step, second } = observed();
    step(0, { loss: 1 });
    second();
    expect(await numbersOf(registry, 'weir_examples_total')).toEqual({ '': 0 });
  });

  it('count what could not be written, each from 0', async () => {
    const { registry, observer } = observed();
    const counts = async () => [
      await numbersOf(registry, 'weir_log_failures_total'),
      await numbersOf(registry, 'weir_log_lost_lines_total'),
      await numbersOf(registry, 'weir_output_lost_total'),
    ];
    const none = { 'log.jsonl': 0, 'events.jsonl': 0 };
    expect(await counts()).toEqual([none, none, { stdout: 0, stderr: 0 }]);
    observer.onEvent({ kind: 'write-failed', index: 3, file: 'log.jsonl', message: 'ENOSPC' });
    observer.onEvent({ kind: 'write-recovered', index: 9, file: 'log.jsonl', lost: 4 });
    observer.onEvent({ kind: 'output-lost', index: 9, stream: 'stderr', code: 'EPIPE' });
    expect(await counts()).toEqual([
      { ...none, 'log.jsonl': 1 },
      { ...none, 'log.jsonl': 4 },
      { stdout: 0, stderr: 1 },
    ]);
  });

  it('describe the run and begin at 0 for every player who is announced', async () => {
    const { registry } = observed({
      id: 'r1',
      kind: 'gan',
      recipe: 'wgan-gp',
      data: 'grid25',
      seed: 7,
      engine: 'onnx',
      version: '1.2.3',
      players: ['critic', 'generator'],
      checkpointEvery: 50,
    });
    const { body } = await registry.scrape();
    expect(body).toContain(
      'weir_run_info{run_id="r1",kind="gan",recipe="wgan-gp",data="grid25",seed="7",run="test"} 1',
    );
    expect(body).toContain(
      `weir_build_info{version="1.2.3",node_version="${process.version}",engine="onnx",run="test"} 1`,
    );
    expect(await numbersOf(registry, 'weir_nonfinite_values_total')).toEqual({ critic: 0, generator: 0 });
    expect(await numbersOf(registry, 'weir_checkpoint_interval_steps')).toEqual({ '': 50 });
    expect(await numbersOf(registry, 'weir_rl_episodes_total')).toEqual({});
    expect(await numbersOf(observed({ kind: 'rl' }).registry, 'weir_rl_episodes_total')).toEqual({ '': 0 });
  });

  it('follow the run through its states', async () => {
    let paused = false;
    const { registry, observer } = observed({ paused: () => paused });
    const state = async () => {
      registry.collect();
      return Object.entries(await numbersOf(registry, 'weir_run_state')).filter(([, on]) => on === 1);
    };
    expect(await state()).toEqual([['running', 1]]);
    paused = true;
    expect(await state()).toEqual([['paused', 1]]);
    observer.onEvent({ kind: 'ended', index: 3, ended: 'failed' });
    expect(await state()).toEqual([['failed', 1]]);
  });

  it('count on from the step at which a run resumes', async () => {
    const { registry, observer, step } = observed({ batch: 32 });
    observer.onEvent({ kind: 'started', index: 100, steps: 500 });
    expect(await numbersOf(registry, 'weir_run_global_step')).toEqual({ '': 100 });
    step(100);
    step(101);
    registry.collect();
    expect(await numbersOf(registry, 'weir_run_global_step')).toEqual({ '': 102 });
    expect(await numbersOf(registry, 'weir_run_target_steps')).toEqual({ '': 500 });
    expect(await numbersOf(registry, 'weir_resumes_total')).toEqual({ '': 1 });
    expect(await numbersOf(registry, 'weir_checkpoint_last_step')).toEqual({ '': 100 });
    expect(await numbersOf(registry, 'weir_examples_total')).toEqual({ '': 64 });
  });

  it('tell of checkpoints and evaluations', async () => {
    const { registry, observer } = observed();
    observer.onEvent({ kind: 'checkpoint', index: 50, seconds: 0.2, bytes: 1234, path: 'c' });
    observer.onEvent({ kind: 'checkpoint-failed', index: 60, message: 'full' });
    observer.onEvent({ kind: 'evaluation', index: 60, seconds: 1.5, values: { fid: 9 } });
    expect(await numbersOf(registry, 'weir_checkpoints_total')).toEqual({ saved: 1, failed: 1 });
    expect(await numbersOf(registry, 'weir_checkpoint_size_bytes')).toEqual({ '': 1234 });
    expect(await numbersOf(registry, 'weir_checkpoint_last_step')).toEqual({ '': 50 });
    expect(registry.buckets('weir_checkpoint_duration_seconds').sum).toBe(0.2);
    expect(await numbersOf(registry, 'weir_evaluations_total')).toEqual({ '': 1 });
    expect(await numbersOf(registry, 'weir_evaluation_duration_seconds')).toEqual({ '': 1.5 });
    expect(await numbersOf(registry, 'weir_evaluation_frechet_distance')).toEqual({ '': 9 });
  });

  it('take every episode by itself where several end in one step', async () => {
    let end = (_: { return: number; length: number }) => {};
    const onEpisode = (heard: typeof end) => {
      end = heard;
    };
    const { registry, step, second } = observed({ kind: 'rl', onEpisode });
    second();
    expect(await numbersOf(registry, 'weir_rl_episode_return_min')).toEqual({});
    for (const length of [10, 200, 30]) end({ return: -length, length });
    // Its own return and length are the means of the three.
    step(0, { return: -80, length: 80 }, 'agent');
    second();
    const lengths = registry.buckets('weir_rl_episode_length_steps');
    expect([...lengths.counts].reduce((sum, count) => sum + count)).toBe(3);
    expect([...lengths.counts].filter((count) => count > 0)).toEqual([1, 1, 1]);
    expect(lengths.sum).toBe(240);
    expect(await numbersOf(registry, 'weir_rl_episode_return_mean')).toEqual({ '': -80 });
    expect(await numbersOf(registry, 'weir_rl_episode_return_min')).toEqual({ '': -200 });
    expect(await numbersOf(registry, 'weir_rl_episode_return_max')).toEqual({ '': -10 });
    second();
    expect(await numbersOf(registry, 'weir_rl_episode_return_max')).toEqual({ '': -10 });
    expect(await numbersOf(registry, 'weir_rl_episodes_total')).toEqual({ '': 3 });
    expect(await numbersOf(registry, 'weir_rl_environment_steps_total')).toEqual({ '': 240 });
  });

  it('have the steps and episodes that an agent has played, whatever its events say', async () => {
    let played = { steps: 0, episodes: 0 };
    const { registry, step, second } = observed({ kind: 'rl', played: () => played });
    expect(await numbersOf(registry, 'weir_rl_environment_steps_total')).toEqual({ '': 0 });
    // Three episodes have ended in a step of 64 steps; the event has their means.
    played = { steps: 64, episodes: 3 };
    step(0, { return: 12.5, length: 12.333 }, 'agent');
    second();
    expect(await numbersOf(registry, 'weir_rl_environment_steps_total')).toEqual({ '': 64 });
    expect(await numbersOf(registry, 'weir_rl_episodes_total')).toEqual({ '': 3 });
    expect(await numbersOf(registry, 'weir_rl_episode_return_mean')).toEqual({ '': 12.5 });
    played = { steps: 96, episodes: 3 };
    registry.collect();
    expect(await numbersOf(registry, 'weir_rl_environment_steps_total')).toEqual({ '': 96 });
  });

  it('show what was gathered last when the run ends', async () => {
    const { registry, observer, step, second } = observed();
    step(0, { loss: 1 });
    second();
    step(1, { loss: 9 });
    observer.close();
    expect(await numbersOf(registry, 'weir_loss')).toEqual({ critic: 9 });
    expect((await numbersOf(registry, 'weir_run_state')).finished).toBe(1);
  });
});
