import { counter, gauge, histogram, type Metric } from '../metric.ts';

/**
 * 1, 2.5 and 5 of every power of ten, from a microsecond (a step of tabular Q-learning) to a minute
 * (a large network on a CPU).
 */
const stepSeconds = [
  ...[-6, -5, -4, -3, -2, -1, 0].flatMap((power) => [1, 2.5, 5].map((n) => Number(`${n}e${power}`))),
  10,
  25,
  60,
];

const taskSeconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** The run as a whole, its steps and its checkpoints. */
export const runMetrics = {
  weir_build_info: gauge('info', 'What runs; always 1.', ['runtime'], {
    labels: { version: 'identity', node_version: 'identity', engine: 'identity' },
  }),
  weir_run_info: gauge('info', 'Identity of the run; always 1.', ['overview', 'compare'], {
    labels: {
      run_id: 'identity',
      kind: ['gan', 'rl', 'other'],
      recipe: 'identity',
      data: 'identity',
      seed: 'identity',
    },
  }),
  weir_run_state: gauge(
    'info',
    'State of the run: 1 for the present one, 0 for the others.',
    ['overview', 'rule'],
    {
      labels: { state: ['running', 'paused', 'finished', 'stopped', 'failed'] },
    },
  ),
  weir_run_start_timestamp_seconds: gauge('timestamp', 'When this execution of the run began.', [
    'overview',
    'rule',
  ]),
  weir_run_last_step_timestamp_seconds: gauge('timestamp', 'When the last step was done.', [
    'overview',
    'rule',
  ]),
  weir_run_target_steps: gauge('steps', 'Steps after which the run ends, since its very beginning.', [
    'overview',
  ]),
  weir_run_global_step: gauge('steps', 'Steps done since the very beginning; a resume does not reset it.', [
    'overview',
    'compare',
    'rule',
  ]),
  weir_phase: gauge('info', 'Phase of the run: 1 for the present one, 0 for earlier ones.', ['gan'], {
    labels: { phase: 'names' },
  }),
  weir_phase_step: gauge('steps', 'Steps done in the present phase.', ['gan']),
  weir_phase_steps: gauge('steps', 'Steps of the present phase; none where it lasts as long as the run.', [
    'gan',
  ]),
  weir_run_rate_factor: gauge(
    'none',
    'What the learning rates are multiplied by: 1 until the watchdog rolls back, then smaller.',
    ['overview'],
  ),
  weir_resumes_total: counter('none', 'Executions that began at a checkpoint.', ['overview']),
  weir_rollbacks_total: counter('none', 'Returns of a living run to its newest good checkpoint.', [
    'overview',
  ]),
  weir_steps_total: counter('steps', 'Steps done by this process.', ['overview', 'gan', 'rule'], {
    labels: { player: 'names' },
  }),
  weir_examples_total: counter('items', 'Examples of the data that were learned from.', ['overview']),
  weir_step_duration_seconds: histogram('seconds', 'Time of one step.', ['overview', 'streams'], {
    labels: { player: 'names' },
    buckets: stepSeconds,
    exemplars: true,
  }),
  weir_nonfinite_values_total: counter(
    'none',
    'Values of events that were NaN or infinite.',
    ['overview', 'rule'],
    {
      labels: { player: 'names' },
    },
  ),
  weir_loss: gauge('none', 'Loss of a player, mean over about a second.', ['gan', 'rl', 'compare'], {
    labels: { player: 'names' },
    values: { loss: {} },
  }),
  weir_gradient_norm: gauge(
    'none',
    'Norm of the gradient that a player reports, mean over about a second.',
    ['gan', 'rule'],
    {
      labels: { player: 'names' },
      values: { gradientNorm: {} },
    },
  ),
  weir_learning_rate: gauge('none', 'Learning rate of a player.', ['gan', 'rl'], {
    labels: { player: 'names' },
    values: { learningRate: {} },
  }),
  weir_step_value: gauge(
    'none',
    'Any other value that a player reports, by its name, mean over about a second.',
    ['gan', 'rl'],
    { labels: { player: 'names', value: 'names' } },
  ),

  weir_checkpoints_total: counter('none', 'Checkpoints by what became of them.', ['overview'], {
    labels: { result: ['saved', 'failed'] },
  }),
  weir_checkpoint_last_success_timestamp_seconds: gauge(
    'timestamp',
    'When the newest checkpoint was saved.',
    ['overview'],
  ),
  weir_checkpoint_last_step: gauge(
    'steps',
    'Step of the newest checkpoint; the first step before there is one.',
    ['overview', 'rule'],
  ),
  weir_checkpoint_interval_steps: gauge('steps', 'Planned steps between checkpoints.', ['overview', 'rule']),
  weir_checkpoint_duration_seconds: histogram('seconds', 'Time to save a checkpoint.', ['runtime'], {
    buckets: taskSeconds,
    exemplars: true,
  }),
  weir_checkpoint_size_bytes: gauge('bytes', 'Size of the newest checkpoint.', ['runtime']),
  weir_checkpoint_fallbacks_total: counter(
    'none',
    'Checkpoints that could not be used, so that an older one was.',
    ['overview'],
  ),
} as const satisfies Record<`weir_${string}`, Metric>;
