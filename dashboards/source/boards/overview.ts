import { MappingType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Board } from '../board.ts';
import { alertList } from '../panels/alert-list.ts';
import { stat } from '../panels/stat.ts';
import { stateTimeline } from '../panels/state-timeline.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { byRun, increase, of, quantile, rate } from '../promql.ts';
import { query, rows, withExemplars } from '../query.ts';

const total = (expr: string) => `sum by (job, instance, run) (${expr})`;
const stepsPerSecond = total(rate('weir_steps_total'));
const stepsLeft = `(${byRun(of('weir_run_target_steps'))} - ${byRun(of('weir_run_global_step'))})`;

/** The states in the order of their numbers in `stateNumber`, with the colour of each. */
const states = [
  ['running', 'green'],
  ['paused', 'yellow'],
  ['finished', 'blue'],
  ['stopped', 'purple'],
  ['failed', 'red'],
] as const;
const stateNumber = states
  .map(([state], number) => `${number} * ${byRun(of('weir_run_state', `state="${state}"`))}`)
  .join(' + ');
const stateMappings = [
  {
    type: MappingType.ValueToText as const,
    options: Object.fromEntries(
      states.map(([text, color], index) => [String(index), { text, color, index }]),
    ),
  },
];

/**
 * What one wants to know first of runs that were left alone: how far, how fast, and whether all is
 * well.
 */
export const overview: Board = {
  name: 'overview',
  place: 'overview',
  title: 'Weir / Overview',
  description: 'How far the runs are, how fast they go, when they end, and whether all is well.',
  rows: [
    {
      title: 'At a glance',
      panels: [
        stat({
          title: 'Step',
          description: 'Steps done since the very beginning of the run; a resume does not reset it.',
          unit: 'locale',
          query: query(of('weir_run_global_step'), '{{run}}'),
        }),
        stat({
          title: 'Progress',
          description: 'Share of the planned steps that are done.',
          unit: 'percentunit',
          decimals: 1,
          query: query(`${of('weir_run_global_step')} / ${of('weir_run_target_steps')}`, '{{run}}'),
        }),
        stat({
          title: 'Time left',
          description: 'Steps that are left over the present rate; nothing while the run stands still.',
          unit: 'dtdurations',
          query: query(`${stepsLeft} / (${stepsPerSecond} > 0)`, '{{run}}'),
        }),
        stat({
          title: 'Steps per second',
          description: 'All players together, over the last minute or so.',
          unit: 'short',
          decimals: 1,
          query: query(stepsPerSecond, '{{run}}'),
        }),
        stat({
          title: 'Steps at risk',
          description:
            'Steps since the newest checkpoint, as a share of the planned interval: what a crash would cost now. More than one means that a checkpoint was missed.',
          unit: 'percentunit',
          thresholds: ['green', [1.5, 'yellow'], [3, 'red']],
          query: query(
            `(${of('weir_run_global_step')} - ${of('weir_checkpoint_last_step')}) / ${of('weir_checkpoint_interval_steps')}`,
            '{{run}}',
          ),
        }),
        stat({
          title: 'Values that were not finite',
          description: 'NaN or infinite losses and gauges in the chosen time. One is already too many.',
          unit: 'short',
          decimals: 0,
          thresholds: ['green', [0.5, 'red']],
          query: query(
            `sum by (job, instance, run) (increase(${of('weir_nonfinite_values_total')}[$__range]))`,
            '{{run}}',
          ),
        }),
      ],
    },
    {
      title: 'Pace',
      panels: [
        timeSeries({
          title: 'Throughput by player',
          description:
            'Steps per second of every player. A fall without a change of settings is worth a look at Streams and Runtime.',
          unit: 'short',
          min: 0,
          queries: [
            query(`sum by (job, instance, run, player) (${rate('weir_steps_total')})`, '{{run}} {{player}}'),
          ],
        }),
        timeSeries({
          title: 'Step time',
          description:
            'Median and 99th percentile of one step. The diamonds are single steps with a trace: click one to open it.',
          unit: 's',
          log: true,
          queries: [
            withExemplars(
              quantile(0.5, 'weir_step_duration_seconds', 'job, instance, run, player'),
              '{{run}} {{player}} p50',
            ),
            withExemplars(
              quantile(0.99, 'weir_step_duration_seconds', 'job, instance, run, player'),
              '{{run}} {{player}} p99',
            ),
          ],
        }),
        timeSeries({
          title: 'Examples per second',
          description: 'Examples of the data that were learned from.',
          unit: 'short',
          min: 0,
          queries: [query(total(rate('weir_examples_total')), '{{run}}')],
        }),
      ],
    },
    {
      title: 'Runs',
      panels: [
        table({
          title: 'Runs',
          description:
            'Every run of the chosen time that still answers: what it is, when it began, how far it is.',
          unit: 'none',
          width: 16,
          queries: [
            rows(byRun(of('weir_run_info'), 'recipe', 'data', 'seed', 'run_id')),
            rows(`1000 * ${byRun(of('weir_run_start_timestamp_seconds'))}`),
            rows(byRun(of('weir_run_global_step'))),
            rows(`1000 * ${byRun(of('weir_run_last_step_timestamp_seconds'))}`),
            rows(`1000 * ${byRun(of('process_start_time_seconds'))}`),
          ],
          columns: [
            { field: 'run', heading: 'Run' },
            { field: 'recipe', heading: 'Recipe' },
            { field: 'data', heading: 'Data' },
            { field: 'seed', heading: 'Seed' },
            { field: 'run_id', heading: 'Id' },
            { field: 'Value #B', heading: 'Began', unit: 'dateTimeAsIso' },
            { field: 'Value #C', heading: 'Step', unit: 'locale' },
            { field: 'Value #D', heading: 'Last step', unit: 'dateTimeFromNow' },
            { field: 'Value #E', heading: 'Process began', unit: 'dateTimeAsIso' },
          ],
          sortBy: 'Began',
        }),
        stateTimeline({
          title: 'State of the runs',
          description:
            'Running, paused, finished, stopped or failed, over time. A gap means that the process did not answer.',
          unit: 'none',
          mappings: stateMappings,
          query: query(stateNumber, '{{run}}'),
        }),
        alertList({
          title: 'Alerts of Prometheus',
          description:
            'Rules of dashboards/prometheus/rules.yml that fire or are about to. Each links to its entry in the runbook.',
        }),
        timeSeries({
          title: 'Alerts of the watchdog',
          description: 'The same rules, watched by the run itself: 1 while one is raised.',
          unit: 'short',
          max: 1,
          min: 0,
          queries: [query(of('weir_alert_firing'), '{{run}} {{rule}}')],
        }),
        timeSeries({
          title: 'Alerts raised by the watchdog',
          description: 'How often each rule was raised.',
          unit: 'short',
          min: 0,
          queries: [query(increase('weir_alerts_total'), '{{run}} {{rule}}')],
        }),
      ],
    },
    {
      title: 'Checkpoints, evaluations and returns to a checkpoint',
      panels: [
        timeSeries({
          title: 'Checkpoints',
          description: 'Checkpoints that were saved and that could not be saved.',
          unit: 'short',
          min: 0,
          queries: [query(increase('weir_checkpoints_total'), '{{run}} {{result}}')],
        }),
        stat({
          title: 'Age of the newest checkpoint',
          description: 'Time since the newest checkpoint was saved.',
          unit: 's',
          query: query(`time() - ${of('weir_checkpoint_last_success_timestamp_seconds')}`, '{{run}}'),
        }),
        stat({
          title: 'Age of the newest evaluation',
          description: 'Time since samples or the agent were last scored.',
          unit: 's',
          query: query(`time() - ${of('weir_evaluation_last_timestamp_seconds')}`, '{{run}}'),
        }),
        timeSeries({
          title: 'Evaluations',
          description: 'How often samples or the agent were scored.',
          unit: 'short',
          min: 0,
          queries: [query(increase('weir_evaluations_total'), '{{run}}')],
        }),
        timeSeries({
          title: 'Resumes, roll-backs and fall-backs',
          description:
            'Starts at a checkpoint, returns of a living run to one, and checkpoints that could not be used so that an older one was.',
          unit: 'short',
          min: 0,
          queries: [
            query(increase('weir_resumes_total'), '{{run}} resumes'),
            query(increase('weir_rollbacks_total'), '{{run}} roll-backs'),
            query(increase('weir_checkpoint_fallbacks_total'), '{{run}} fall-backs'),
          ],
        }),
        timeSeries({
          title: 'Factor of the learning rates',
          description: 'One, until the watchdog rolls back and lowers it.',
          unit: 'short',
          min: 0,
          queries: [query(of('weir_run_rate_factor'), '{{run}}')],
        }),
      ],
    },
  ],
};
