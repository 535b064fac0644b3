import type { Board } from '../board.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { byRun, increase, mean, of, quantile, rate } from '../promql.ts';
import { query, rows, withExemplars } from '../query.ts';
import { gauge } from './gauge.ts';

/** What the runs cost the machine, and what watching them costs. */
export const runtime: Board = {
  name: 'runtime',
  place: 'runtime',
  title: 'Weir / Runtime',
  description: 'What the runs cost the machine, and what watching them costs.',
  single: 'any',
  rows: [
    {
      title: 'Process',
      panels: [
        timeSeries({
          title: 'CPU',
          description: 'Cores in use by the process.',
          unit: 'short',
          min: 0,
          queries: [query(rate('process_cpu_seconds_total'), 'CPU')],
        }),
        timeSeries({
          title: 'Memory',
          description:
            'Resident memory, the heap of JavaScript (used and held), what lies outside it, and the tensors. A line that climbs for hours is a leak.',
          unit: 'bytes',
          min: 0,
          queries: [
            query(of('process_resident_memory_bytes'), 'resident'),
            query(of('nodejs_heap_size_used_bytes'), 'heap used'),
            query(of('nodejs_heap_size_total_bytes'), 'heap'),
            query(of('nodejs_external_memory_bytes'), 'external'),
            query(of('weir_engine_memory_bytes'), 'tensors'),
          ],
        }),
        gauge('weir_engine_tensors', {
          title: 'Tensors',
          description: 'Tensors that TensorFlow.js holds. It must be level: a slope is a leak.',
          unit: 'locale',
          width: 8,
          min: 0,
        }),
        timeSeries({
          title: 'Delay of the event loop',
          description: '99th percentile. Scrapes, signals and the live page wait as long as this.',
          unit: 's',
          min: 0,
          thresholds: ['green', [0.25, 'red']],
          queries: [query(of('weir_eventloop_lag_p99_seconds'), 'delay of the event loop')],
        }),
        gauge('weir_eventloop_utilization_ratio', {
          title: 'Utilisation of the event loop',
          description: 'Share of time that it was busy. A training run keeps it near one; that is no fault.',
          unit: 'percentunit',
          width: 8,
          min: 0,
          max: 1,
        }),
        timeSeries({
          title: 'Garbage collection',
          description: 'Share of time by kind of collection. Above a few percent there is too much garbage.',
          unit: 'percentunit',
          min: 0,
          queries: [query(rate('nodejs_gc_duration_seconds_sum'), '{{kind}}')],
        }),
      ],
    },
    {
      title: 'Engine',
      panels: [
        timeSeries({
          title: 'Runs of programs',
          description: 'Program runs per second.',
          unit: 'short',
          min: 0,
          queries: [query(rate('weir_engine_runs_total'), '{{program}}')],
        }),
        timeSeries({
          title: 'Time of one run',
          description: 'Mean time that the engine takes for one run of a program.',
          unit: 's',
          queries: [
            query(
              `${rate('weir_engine_run_seconds_total')} / (${rate('weir_engine_runs_total')} > 0)`,
              '{{program}}',
            ),
          ],
        }),
        timeSeries({
          title: 'First runs',
          description:
            'Programs that ran for the first time, and the time that took, compilation included. Growth after the start means that something is compiled again and again.',
          unit: 'short',
          min: 0,
          queries: [
            query(increase('weir_engine_programs_total'), 'programs'),
            query(increase('weir_engine_first_run_seconds_total'), 'seconds'),
          ],
        }),
      ],
    },
    {
      title: 'Checkpoints and evaluations',
      panels: [
        timeSeries({
          title: 'Time of a checkpoint',
          description:
            'Mean and 99th percentile; the run waits for it. Diamonds are checkpoints with a trace.',
          unit: 's',
          min: 0,
          queries: [
            query(mean('weir_checkpoint_duration_seconds', 'job, instance, run'), 'mean'),
            withExemplars(quantile(0.99, 'weir_checkpoint_duration_seconds', 'job, instance, run'), 'p99'),
          ],
        }),
        gauge('weir_checkpoint_size_bytes', {
          title: 'Size of a checkpoint',
          description: 'Size of the newest one.',
          unit: 'bytes',
          width: 8,
          min: 0,
        }),
        gauge('weir_evaluation_duration_seconds', {
          title: 'Time of an evaluation',
          description: 'Time of the newest one; the run waits for it.',
          unit: 's',
          width: 8,
          min: 0,
        }),
      ],
    },
    {
      title: 'Telemetry itself',
      collapsed: true,
      panels: [
        timeSeries({
          title: 'Spans, log records and pushes',
          description:
            'Spans, log records and pushes of metrics per second by what became of them, and steps without a span since their interval had enough.',
          unit: 'short',
          min: 0,
          queries: [
            query(rate('weir_spans_total'), '{{result}}'),
            query(rate('weir_spans_suppressed_total'), 'suppressed'),
            query(rate('weir_log_records_total'), 'log records {{result}}'),
            query(rate('weir_otlp_exports_total'), 'pushes of metrics {{result}}'),
          ],
        }),
        timeSeries({
          title: 'Queue of spans',
          description:
            'Spans that wait for export, and how many can. At the limit they are dropped, and counted.',
          unit: 'short',
          min: 0,
          queries: [
            query(of('weir_span_queue_items'), 'waiting'),
            query(of('weir_span_queue_capacity_items'), 'limit'),
          ],
        }),
        gauge('weir_scrape_duration_seconds', {
          title: 'Time of a scrape',
          description: 'Time to answer the newest scrape.',
          unit: 's',
          width: 8,
          min: 0,
        }),
        timeSeries({
          title: 'Errors of observers and calls of the webhook',
          description: 'None of them touched the run.',
          unit: 'short',
          min: 0,
          queries: [
            query(increase('weir_telemetry_errors_total'), '{{observer}}'),
            query(increase('weir_log_failures_total'), '{{file}} not written'),
            query(increase('weir_log_lost_lines_total'), '{{file}} lines lost'),
            query(increase('weir_output_lost_total'), '{{stream}} lost'),
            query(increase('weir_webhooks_total'), 'webhook {{result}}'),
          ],
        }),
        gauge('weir_live_clients', {
          title: 'Live pages',
          description: 'Pages that listen to the run.',
          unit: 'short',
          width: 8,
          min: 0,
        }),
        table({
          title: 'Builds',
          description: 'What runs where.',
          unit: 'none',
          queries: [rows(byRun(of('weir_build_info'), 'version', 'node_version', 'engine'))],
          columns: [
            { field: 'run', heading: 'Run' },
            { field: 'instance', heading: 'Instance' },
            { field: 'version', heading: 'Weir' },
            { field: 'node_version', heading: 'Node.js' },
            { field: 'engine', heading: 'Engine' },
          ],
        }),
      ],
    },
  ],
};
