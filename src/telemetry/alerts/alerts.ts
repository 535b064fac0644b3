import type { RunAlert } from '../../runs/index.ts';
import { all, arithmetic, type Condition, compare, now, over, series } from './condition.ts';

const minute = 60;
const hour = 3600;
const megabyte = 1e6;

/** How bad it is: look when you like, look today, look now. */
export type Severity = 'info' | 'warning' | 'critical';

/** One alert: the rule of Prometheus and of the watchdog, and its entry in the runbook. */
export interface Alert {
  readonly severity: Severity;
  /** When it is raised; `prometheus` where only a scraper can see it. */
  readonly when: Condition | { readonly prometheus: string };
  /** How long it must have been so, in seconds. */
  readonly for: number;
  /** One line for a terminal or a pager. */
  readonly summary: string;
  /** What it means, for the runbook. */
  readonly meaning: string;
  /** What usually causes it. */
  readonly causes: string;
  /** What to do about it. */
  readonly action: string;
}

const running = compare(series('weir_run_state', { where: { state: ['running'] } }), '==', 1);

/** True once a run has gone on for so long. */
const oldEnough = (seconds: number) =>
  compare(arithmetic(now, '-', series('weir_run_start_timestamp_seconds')), '>', seconds);

/**
 * True once half an hour of samples has nothing of the first minutes in it, in which everything
 * grows.
 */
const settled = oldEnough(40 * minute);

/** Of the training itself. */
export const trainingAlerts = {
  NonFiniteValues: {
    severity: 'critical',
    when: compare(over('increase', 5 * minute, 'weir_nonfinite_values_total', { join: 'sum' }), '>', 0),
    for: 0,
    summary: 'A loss or another value became NaN or infinite.',
    meaning:
      'A number that the training depends on is no number any more. Nothing learned after it is worth anything.',
    causes:
      'A learning rate that is too high, a loss without a bound (log of 0), data that are not finite, 16-bit overflow.',
    action:
      'Go back to the last good checkpoint with a lower learning rate: `--on-alert NonFiniteValues=rollback` does it by itself.',
  },
  GradientExplosion: {
    severity: 'warning',
    when: compare(series('weir_gradient_norm', { by: ['player'] }), '>', 1000),
    for: minute,
    summary: 'The gradient of a player is above 1000.',
    meaning: 'Updates are so large that the next loss may be NaN.',
    causes:
      'A learning rate that is too high, no gradient penalty or clipping, examples that are not scaled.',
    action: 'Lower the learning rate of that player, clip gradients, look at the data.',
  },
  CriticOverpowering: {
    severity: 'warning',
    when: compare(series('weir_gan_critic_accuracy_ratio', { join: 'min' }), '>', 0.98),
    for: 5 * minute,
    summary: 'The critic tells nearly all real examples from generated ones.',
    meaning: 'The generator gets almost no gradient.',
    causes: 'Too many or too fast steps of the critic, too few data, no noise or label smoothing.',
    action: 'Slow the critic down (fewer steps, lower rate), smooth its labels, or take a Wasserstein loss.',
  },
  ModeCollapse: {
    severity: 'warning',
    when: compare(series('weir_gan_sample_diversity_ratio'), '<', 0.15),
    for: 5 * minute,
    summary: 'Samples look alike: their diversity is below 15 % of that of the data.',
    meaning: 'The generator makes a few kinds of examples, whatever the noise.',
    causes:
      'A generator that outruns the critic, a loss that rewards one safe answer, a batch that is too small.',
    action:
      'Look at the samples; go back to an older checkpoint; add minibatch discrimination, a penalty, or unrolled steps.',
  },
  EntropyCollapse: {
    severity: 'warning',
    when: compare(series('weir_rl_policy_entropy_nats'), '<', 0.01),
    for: 5 * minute,
    summary: 'The policy has no entropy left.',
    meaning: 'The agent always takes the same action and has stopped exploring.',
    causes:
      'No or too small an entropy bonus, a learning rate that is too high, a reward that is easy to exploit.',
    action: 'If the return is not good yet, raise the entropy bonus and go back to an older checkpoint.',
  },
  KlTooHigh: {
    severity: 'warning',
    when: compare(series('weir_rl_approximate_kl_nats'), '>', 0.1),
    for: 5 * minute,
    summary: 'Updates move the policy too far.',
    meaning: 'The advantages belong to a policy that differs from the present one.',
    causes: 'A learning rate that is too high, too many epochs over one batch.',
    action: 'Lower the learning rate or the number of epochs, or set a target for the divergence.',
  },
  RewardPlateau: {
    severity: 'info',
    when: all(
      compare(
        over('maximum', 30 * minute, 'weir_rl_episode_return_mean'),
        '<=',
        over('maximum', 30 * minute, 'weir_rl_episode_return_mean', {
          over: { what: 'maximum', seconds: 30 * minute, ago: 30 * minute },
        }),
      ),
      oldEnough(hour),
      running,
    ),
    for: 0,
    summary: 'The best return of the last half hour is not above that of the half hour before.',
    meaning: 'Learning has converged or is stuck.',
    causes: 'The task is solved; exploration has ended; the learning rate has decayed.',
    action: 'Compare with the best possible return. Stop the run if the task is solved.',
  },
} as const satisfies Readonly<Record<string, Alert>>;

/** Of what carries the training: run, streams, process, telemetry. */
export const operationAlerts = {
  RunFailed: {
    severity: 'critical',
    when: compare(series('weir_run_state', { where: { state: ['failed'] } }), '==', 1),
    for: 0,
    summary: 'The run ended with an error.',
    meaning: 'Nothing is being learned. Checkpoints written before are intact.',
    causes: 'The report (`report.json`, field `error`) names it.',
    action: 'Remove the cause and continue with `weir resume`.',
  },
  TrainingStalled: {
    severity: 'critical',
    when: all(
      compare(arithmetic(now, '-', series('weir_run_last_step_timestamp_seconds')), '>', minute),
      running,
    ),
    for: 0,
    summary: 'No step for a minute, though the run is running.',
    meaning: 'A step, the data or a barrier (evaluation, checkpoint) hangs or takes very long.',
    causes: 'Data that do not answer, a disk that hangs, a deadlock, steps that take longer than a minute.',
    action:
      'Look at the stages: the one with items in flight and no items out is it. A trace of the last interval shows the last step.',
  },
  StreamStalled: {
    severity: 'warning',
    when: all(
      compare(
        arithmetic(now, '-', series('weir_stream_last_item_timestamp_seconds', { by: ['stage'] })),
        '>',
        minute,
      ),
      compare(series('weir_stream_inflight_items', { by: ['stage'] }), '>', 0),
    ),
    for: 0,
    summary: 'A stage has items in flight and has let none out for a minute.',
    meaning: 'That stage blocks the stream.',
    causes: 'A task that never settles, a consumer that hangs.',
    action: 'Look at what the stage waits for.',
  },
  BackpressureSaturated: {
    severity: 'info',
    when: compare(
      arithmetic(
        series('weir_stream_buffer_items', { by: ['stage'] }),
        '/',
        series('weir_stream_buffer_capacity_items', { by: ['stage'] }),
      ),
      '>',
      0.95,
    ),
    for: 5 * minute,
    summary: 'The buffer of a stage is full.',
    meaning: 'What follows the stage is slower than what comes before it. Nothing is lost: the source waits.',
    causes: 'The consumer is the bottleneck.',
    action: 'Usually nothing. If it should be faster, look at the busy shares of the stages after it.',
  },
  ThroughputDrop: {
    severity: 'warning',
    when: all(
      compare(
        over('rate', minute, 'weir_steps_total', { join: 'sum' }),
        '<',
        arithmetic(0.5, '*', over('rate', 30 * minute, 'weir_steps_total', { join: 'sum' })),
      ),
      oldEnough(30 * minute),
      running,
    ),
    for: 2 * minute,
    summary: 'Steps a second fell below half of the mean of the last half hour.',
    meaning: 'Something slows the training down.',
    causes: 'Another process on the machine, thermal limits, a slow disk, memory that swaps.',
    action: 'Look at CPU, memory and the busy shares of the stages.',
  },
  CheckpointStale: {
    severity: 'warning',
    when: compare(
      arithmetic(series('weir_run_global_step'), '-', series('weir_checkpoint_last_step')),
      '>',
      arithmetic(3, '*', series('weir_checkpoint_interval_steps')),
    ),
    for: 0,
    summary: 'Three checkpoints in a row are missing.',
    meaning: 'A crash now would lose more than three checkpoint intervals.',
    causes: 'A full or read-only disk.',
    action: 'Free space; the run tries the next checkpoint by itself.',
  },
  TensorLeak: {
    severity: 'warning',
    when: all(
      compare(arithmetic(over('slope', 30 * minute, 'weir_engine_tensors'), '*', hour), '>', 1000),
      settled,
    ),
    for: 10 * minute,
    summary: 'TensorFlow.js holds over 1000 tensors more every hour.',
    meaning: 'Memory will run out.',
    causes: 'Code of a script that makes tensors outside `tidy`.',
    action: 'Find it with `tf.memory()` between steps.',
  },
  MemoryLeak: {
    severity: 'warning',
    when: all(
      compare(
        arithmetic(over('slope', 30 * minute, 'process_resident_memory_bytes'), '*', hour),
        '>',
        200 * megabyte,
      ),
      settled,
    ),
    for: 10 * minute,
    summary: 'Memory grows by over 200 MB an hour.',
    meaning: 'The process will be killed when memory runs out.',
    causes: 'A script that keeps every event or batch, a native library that leaks.',
    action:
      'Compare heap and resident memory: heap points to the script, the rest to native code. Checkpoint and restart.',
  },
  EventLoopLag: {
    severity: 'info',
    when: compare(series('weir_eventloop_lag_p99_seconds'), '>', 0.25),
    for: 5 * minute,
    summary: 'The event loop answers a quarter of a second late.',
    meaning: 'Scrapes, the page and signals wait.',
    causes: 'Steps of an eager engine that take that long; a long synchronous task.',
    action: 'Usually nothing; the compiled engine keeps the event loop free.',
  },
  SpansDropped: {
    severity: 'warning',
    when: compare(
      over('increase', 5 * minute, 'weir_spans_total', {
        join: 'sum',
        where: { result: ['failed', 'dropped'] },
      }),
      '>',
      0,
    ),
    for: 0,
    summary: 'Spans were lost: the collector does not take them.',
    meaning: 'Traces have holes. The training is not affected.',
    causes: 'The collector is down, slow, refuses, or the address is wrong.',
    action: 'Look at the collector and at `OTEL_EXPORTER_OTLP_ENDPOINT`.',
  },
  TargetDown: {
    severity: 'critical',
    when: { prometheus: 'up{job=~"weir.*"} == 0' },
    for: 2 * minute,
    summary: 'Prometheus cannot scrape a run.',
    meaning: 'The process has ended, or its port cannot be reached.',
    causes: 'The run has finished or was killed; a firewall; the wrong port.',
    action: 'Look at the process; `weir resume` goes on from the newest checkpoint, where there is one.',
  },
} as const satisfies Readonly<Record<string, Alert>>;

/** Every alert by name. */
export const alerts: Readonly<Record<AlertName, Alert>> = { ...trainingAlerts, ...operationAlerts };

/** The name of an alert. */
export type AlertName = RunAlert | 'TargetDown';
