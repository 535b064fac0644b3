import { counter, gauge, histogram, type Metric } from '../metric.ts';

const stageSeconds = [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10, 60];

const stage = { stage: 'names' } as const;

/** The user's stream, stage by stage, as `instrument` sees it. */
export const streamMetrics = {
  weir_stream_items_total: counter('items', 'Items that have left a stage.', ['streams'], { labels: stage }),
  weir_stream_errors_total: counter('none', 'Errors that have left a stage.', ['streams'], { labels: stage }),
  weir_stream_dropped_items_total: counter('items', 'Items that a stage has dropped.', ['streams'], {
    labels: stage,
  }),
  weir_stream_subscriptions_total: counter('none', 'Subscriptions to a stage.', ['streams'], {
    labels: stage,
  }),
  weir_stream_terminations_total: counter('none', 'Ends of a stage by reason.', ['streams'], {
    labels: { ...stage, reason: ['completed', 'failed', 'unsubscribed'] },
  }),
  weir_stream_wait_duration_seconds: histogram(
    'seconds',
    'Time that a stage waited for one item.',
    ['streams'],
    {
      labels: stage,
      buckets: stageSeconds,
    },
  ),
  weir_stream_busy_duration_seconds: histogram(
    'seconds',
    'Time that a stage worked on one item, without those after it.',
    ['streams'],
    {
      labels: stage,
      buckets: stageSeconds,
    },
  ),
  weir_stream_buffer_items: gauge('items', 'Items that wait in a stage.', ['streams', 'rule'], {
    labels: stage,
  }),
  weir_stream_buffer_capacity_items: gauge('items', 'Items that can wait in a stage.', ['streams', 'rule'], {
    labels: stage,
  }),
  weir_stream_inflight_items: gauge(
    'items',
    'Items that a stage has taken and not passed on.',
    ['streams', 'rule'],
    {
      labels: stage,
    },
  ),
  weir_stream_last_item_timestamp_seconds: gauge(
    'timestamp',
    'When the last item left a stage.',
    ['streams', 'rule'],
    { labels: stage },
  ),
} as const satisfies Record<`weir_${string}`, Metric>;

/** The engine and the process. */
export const processMetrics = {
  weir_engine_programs_total: counter('none', 'Programs that were run for the first time.', ['runtime']),
  weir_engine_first_run_seconds_total: counter(
    'seconds',
    'Time of the first run of every program, compilation included.',
    ['runtime'],
  ),
  weir_engine_runs_total: counter('none', 'Runs of programs.', ['runtime'], { labels: { program: 'names' } }),
  weir_engine_run_seconds_total: counter('seconds', 'Time of the runs of programs.', ['runtime'], {
    labels: { program: 'names' },
  }),
  weir_engine_tensors: gauge('items', 'Tensors that TensorFlow.js holds.', ['runtime', 'rule']),
  weir_engine_memory_bytes: gauge('bytes', 'Memory of the tensors that TensorFlow.js holds.', ['runtime']),
  weir_eventloop_utilization_ratio: gauge(
    'ratio',
    'Share of time that the event loop was busy, over at least 5 s.',
    ['runtime'],
  ),
  weir_eventloop_lag_p99_seconds: gauge(
    'seconds',
    'Delay of the event loop, 99th percentile, over at least 5 s.',
    ['runtime', 'rule'],
  ),
} as const satisfies Record<`weir_${string}`, Metric>;

/** Telemetry itself. */
export const telemetryMetrics = {
  weir_spans_total: counter('none', 'Spans by what became of them.', ['runtime', 'rule'], {
    labels: { result: ['exported', 'failed', 'dropped'] },
  }),
  weir_log_records_total: counter('none', 'Log records by what became of them.', ['runtime'], {
    labels: { result: ['exported', 'failed', 'dropped'] },
  }),
  weir_otlp_exports_total: counter('none', 'Pushes of metrics by what became of them.', ['runtime'], {
    labels: { signal: ['metrics'], result: ['exported', 'failed'] },
  }),
  weir_spans_suppressed_total: counter(
    'none',
    'Spans of steps that were not made, since their interval had enough.',
    ['runtime'],
  ),
  weir_span_queue_items: gauge('items', 'Spans that wait for export.', ['runtime']),
  weir_span_queue_capacity_items: gauge('items', 'Spans that can wait for export.', ['runtime']),
  weir_alerts_total: counter('none', 'Alerts that the watchdog has raised.', ['overview'], {
    labels: { rule: 'names' },
  }),
  weir_alert_firing: gauge('info', 'Whether an alert of the watchdog is raised now: 1 or 0.', ['overview'], {
    labels: { rule: 'names' },
  }),
  weir_webhooks_total: counter('none', 'Calls of the webhook by what became of them.', ['runtime'], {
    labels: { result: ['delivered', 'failed', 'dropped'] },
  }),
  weir_telemetry_errors_total: counter(
    'none',
    'Errors of an observer, none of which touched the run.',
    ['runtime'],
    {
      labels: { observer: 'names' },
    },
  ),
  weir_log_failures_total: counter('none', 'Times that a log could not be written.', ['runtime'], {
    labels: { file: ['log.jsonl', 'events.jsonl'] },
  }),
  weir_log_lost_lines_total: counter(
    'items',
    'Lines of a log that are lost, since it could not be written for too long.',
    ['runtime'],
    { labels: { file: ['log.jsonl', 'events.jsonl'] } },
  ),
  weir_output_lost_total: counter(
    'none',
    'Outputs that can no longer be written: their reader has gone, or their disk is full.',
    ['runtime'],
    { labels: { stream: ['stdout', 'stderr'] } },
  ),
  weir_live_clients: gauge('items', 'Pages that listen to the live stream.', ['runtime']),
  weir_scrapes_total: counter('none', 'Scrapes that were answered.', ['internal']),
  weir_scrape_duration_seconds: gauge('seconds', 'Time of the last scrape.', ['runtime']),
} as const satisfies Record<`weir_${string}`, Metric>;

function standard(metric: Metric): Metric {
  return { ...metric, standard: true };
}

const heapSpace = { space: 'names' } as const;

/**
 * What prom-client measures of the process, less what `promtool check metrics` refuses and what two
 * scrapers would spoil for each other.
 */
export const standardMetrics = {
  process_cpu_user_seconds_total: standard(counter('seconds', 'User CPU time.', ['internal'])),
  process_cpu_system_seconds_total: standard(counter('seconds', 'System CPU time.', ['internal'])),
  process_cpu_seconds_total: standard(counter('seconds', 'CPU time.', ['runtime'])),
  process_start_time_seconds: standard(gauge('timestamp', 'When the process began.', ['overview'])),
  process_resident_memory_bytes: standard(gauge('bytes', 'Resident memory.', ['runtime', 'rule'])),
  process_virtual_memory_bytes: standard(gauge('bytes', 'Virtual memory (Linux).', ['internal'])),
  process_heap_bytes: standard(gauge('bytes', 'Size of the process heap (Linux).', ['internal'])),
  process_open_fds: standard(gauge('items', 'Open file descriptors (Linux).', ['internal'])),
  process_max_fds: standard(gauge('items', 'Limit of open file descriptors (Linux).', ['internal'])),
  nodejs_active_resources: standard(
    gauge('items', 'Resources that keep the event loop alive.', ['internal'], { labels: { type: 'names' } }),
  ),
  nodejs_active_handles: standard(
    gauge('items', 'Active handles.', ['internal'], { labels: { type: 'names' } }),
  ),
  nodejs_active_requests: standard(
    gauge('items', 'Active requests.', ['internal'], { labels: { type: 'names' } }),
  ),
  nodejs_heap_size_total_bytes: standard(gauge('bytes', 'Size of the JavaScript heap.', ['runtime'])),
  nodejs_heap_size_used_bytes: standard(gauge('bytes', 'Used part of the JavaScript heap.', ['runtime'])),
  nodejs_external_memory_bytes: standard(gauge('bytes', 'Memory outside the JavaScript heap.', ['runtime'])),
  nodejs_heap_space_size_total_bytes: standard(
    gauge('bytes', 'Size of a heap space.', ['internal'], { labels: heapSpace }),
  ),
  nodejs_heap_space_size_used_bytes: standard(
    gauge('bytes', 'Used part of a heap space.', ['internal'], { labels: heapSpace }),
  ),
  nodejs_heap_space_size_available_bytes: standard(
    gauge('bytes', 'Free part of a heap space.', ['internal'], { labels: heapSpace }),
  ),
  nodejs_version_info: standard(
    gauge('info', 'Version of Node.js.', ['internal'], {
      labels: { version: 'identity', major: 'identity', minor: 'identity', patch: 'identity' },
    }),
  ),
  nodejs_gc_duration_seconds: standard(
    histogram('seconds', 'Pauses of the garbage collector.', ['runtime'], {
      labels: { kind: ['major', 'minor', 'incremental', 'weakcb'] },
      buckets: [0.001, 0.01, 0.1, 1, 2, 5],
    }),
  ),
} as const satisfies Record<string, Metric>;
