import type { AlertName } from '../../src/telemetry/index.ts';

/**
 * What happens to a run until an alert fires, in samples of 15 s (4 a minute) in the notation of
 * promtool.
 */
export interface Scenario {
  readonly series: Readonly<Record<string, string>>;
  /** Moments at which nothing fires: the condition is not true yet, or not for long enough. */
  readonly quiet: readonly string[];
  /** A moment at which this alert fires, and no other. */
  readonly firing: string;
  /** Labels of the alert beside job, instance and severity. */
  readonly labels?: string;
}

const running = {
  'weir_run_state{run="r", state="running"}': '1x1000',
  'weir_run_state{run="r", state="failed"}': '0x1000',
};
const inRun = 'run="r"';

/** A scenario for every alert. */
export const scenarios: Readonly<Record<AlertName, Scenario>> = {
  NonFiniteValues: {
    // One NaN at minute 5, at once.
    series: { ...running, 'weir_nonfinite_values_total{run="r", player="critic"}': '0x19 1x100' },
    quiet: ['4m45s'],
    firing: '5m15s',
    labels: inRun,
  },
  GradientExplosion: {
    // Above 1000 from minute 5 on, for one minute.
    series: { ...running, 'weir_gradient_norm{run="r", player="critic"}': '1x19 5000x100' },
    quiet: ['5m45s'],
    firing: '6m',
    labels: 'run="r", player="critic"',
  },
  CriticOverpowering: {
    // Real alone above 98 % is no alert; both are from minute 10 on.
    series: {
      ...running,
      'weir_gan_critic_accuracy_ratio{run="r", source="real"}': '0.99x200',
      'weir_gan_critic_accuracy_ratio{run="r", source="fake"}': '0.7x39 0.99x100',
    },
    quiet: ['14m45s'],
    firing: '15m',
    labels: inRun,
  },
  ModeCollapse: {
    series: { ...running, 'weir_gan_sample_diversity_ratio{run="r"}': '0.9x19 0.1x100' },
    quiet: ['9m45s'],
    firing: '10m',
    labels: inRun,
  },
  EntropyCollapse: {
    series: { ...running, 'weir_rl_policy_entropy_nats{run="r"}': '1x19 0.001x100' },
    quiet: ['9m45s'],
    firing: '10m',
    labels: inRun,
  },
  KlTooHigh: {
    series: { ...running, 'weir_rl_approximate_kl_nats{run="r"}': '0.01x19 0.5x100' },
    quiet: ['9m45s'],
    firing: '10m',
    labels: inRun,
  },
  RewardPlateau: {
    // It climbs for an hour, then stays: at 1 h 45 min the best of the last half hour is that of
    // the half hour before.
    series: {
      ...running,
      'weir_run_start_timestamp_seconds{run="r"}': '0x1000',
      'weir_rl_episode_return_mean{run="r"}': '0+1x240 240x400',
    },
    quiet: ['1h15m'],
    firing: '1h45m',
    labels: inRun,
  },
  RunFailed: {
    series: {
      'weir_run_state{run="r", state="running"}': '1x19 0x100',
      'weir_run_state{run="r", state="failed"}': '0x19 1x100',
    },
    quiet: ['4m45s'],
    firing: '5m',
    labels: inRun,
  },
  TrainingStalled: {
    // The last step is at 300 s.
    series: { ...running, 'weir_run_last_step_timestamp_seconds{run="r"}': '0+15x20 300x100' },
    quiet: ['6m'],
    firing: '6m15s',
    labels: inRun,
  },
  StreamStalled: {
    // One stage has an item in flight and the other has none.
    series: {
      ...running,
      'weir_stream_last_item_timestamp_seconds{run="r", stage="learn"}': '0+15x20 300x100',
      'weir_stream_last_item_timestamp_seconds{run="r", stage="log"}': '0+15x20 300x100',
      'weir_stream_inflight_items{run="r", stage="learn"}': '1x200',
      'weir_stream_inflight_items{run="r", stage="log"}': '0x200',
    },
    quiet: ['6m'],
    firing: '6m15s',
    labels: 'run="r", stage="learn"',
  },
  BackpressureSaturated: {
    series: {
      ...running,
      'weir_stream_buffer_items{run="r", stage="prefetch"}': '3x19 8x100',
      'weir_stream_buffer_capacity_items{run="r", stage="prefetch"}': '8x200',
    },
    quiet: ['9m45s'],
    firing: '10m',
    labels: 'run="r", stage="prefetch"',
  },
  ThroughputDrop: {
    // 10 steps a second for 40 minutes, then one: the last minute is below half from minute 41 on,
    // for two minutes.
    series: {
      ...running,
      'weir_run_start_timestamp_seconds{run="r"}': '0x1000',
      'weir_steps_total{run="r", player="critic"}': '0+150x160 24015+15x100',
    },
    quiet: ['42m15s'],
    firing: '43m15s',
    labels: inRun,
  },
  CheckpointStale: {
    // One checkpoint at step 1000, then none; the interval is 1000 steps, 100 steps a sample.
    series: {
      ...running,
      'weir_run_global_step{run="r"}': '0+100x200',
      'weir_checkpoint_last_step{run="r"}': '0x9 1000x200',
      'weir_checkpoint_interval_steps{run="r"}': '1000x200',
    },
    quiet: ['10m'],
    firing: '10m15s',
    labels: inRun,
  },
  TensorLeak: {
    // Thousands of tensors in the first minutes are a start and no leak. 10 a minute are 600 an
    // hour; 50 are 3000.
    series: {
      ...running,
      'weir_run_start_timestamp_seconds{run="r"}': '0x1000',
      'weir_engine_tensors{run="r"}': '0+1000x9 10000+2.5x270 10675+12.5x400',
    },
    quiet: ['25m', '1h10m'],
    firing: '1h50m',
    labels: inRun,
  },
  MemoryLeak: {
    // 500 MB in the first minutes are a start and no leak. 6 MB a minute are 360 MB an hour.
    series: {
      ...running,
      'weir_run_start_timestamp_seconds{run="r"}': '0x1000',
      'process_resident_memory_bytes{run="r"}': '0+50000000x9 500000000x270 500000000+1500000x400',
    },
    quiet: ['25m', '1h10m'],
    firing: '1h50m',
    labels: inRun,
  },
  EventLoopLag: {
    series: { ...running, 'weir_eventloop_lag_p99_seconds{run="r"}': '0.02x19 0.4x100' },
    quiet: ['9m45s'],
    firing: '10m',
    labels: inRun,
  },
  SpansDropped: {
    series: {
      ...running,
      'weir_spans_total{run="r", result="exported"}': '0+10x200',
      'weir_spans_total{run="r", result="failed"}': '0x200',
      'weir_spans_total{run="r", result="dropped"}': '0x19 7x100',
    },
    quiet: ['4m45s'],
    firing: '5m',
    labels: inRun,
  },
  TargetDown: {
    series: { up: '1x19 0x100' },
    quiet: ['6m45s'],
    firing: '7m',
  },
};
