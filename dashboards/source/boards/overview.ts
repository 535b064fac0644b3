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

/** Where a click on a run leads: the boards, with this run chosen. */
const boardLinks = [
  ['GAN health', 'gan-health'],
  ['Reinforcement learning', 'reinforcement-learning'],
  ['Streams', 'streams'],
  ['Runtime', 'runtime'],
].map(([title, board]) => ({
  title: title!,
  url: `/d/weir-${board}?var-run=\${__value.text}&\${__url_time_range}`,
}));

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
      title: 'Runs',
      panels: [
        table({
          title: 'Runs',
          description:
            'Every run that answers: its state, how far and how fast it is, and what is wrong with it. Time left is at the present rate. At risk: steps since the newest checkpoint, as a share of the planned interval; more than one means that a checkpoint was missed. Click a run for its boards.',
          unit: 'none',
          width: 24,
          height: 8,
          queries: [
            rows(byRun(of('weir_run_info'), 'recipe', 'data', 'seed', 'run_id')),
            rows(stateNumber),
            rows(`${byRun(of('weir_run_global_step'))} / ${byRun(of('weir_run_target_steps'))}`),
            rows(byRun(of('weir_run_global_step'))),
            rows(stepsPerSecond),
            rows(`${stepsLeft} / (${stepsPerSecond} > 0)`),
            rows(
              byRun(
                `(${of('weir_run_global_step')} - ${of('weir_checkpoint_last_step')}) / ${of('weir_checkpoint_interval_steps')}`,
              ),
            ),
            rows(total(`increase(${of('weir_nonfinite_values_total')}[$__range])`)),
            rows(total(of('weir_alert_firing'))),
            rows(`1000 * ${byRun(of('weir_run_last_step_timestamp_seconds'))}`),
            rows(`1000 * ${byRun(of('weir_run_start_timestamp_seconds'))}`),
            rows(`1000 * ${byRun(of('process_start_time_seconds'))}`),
          ],
          columns: [
            { field: 'run', heading: 'Run', links: boardLinks },
            { field: 'recipe', heading: 'Recipe' },
            { field: 'data', heading: 'Data' },
            { field: 'Value #B', heading: 'State', mappings: stateMappings, width: 90 },
            {
              field: 'Value #C',
              heading: 'Progress',
              unit: 'percentunit',
              bar: true,
              decimals: 0,
              width: 150,
            },
            { field: 'Value #D', heading: 'Step', unit: 'locale' },
            { field: 'Value #E', heading: 'Steps per second', unit: 'short' },
            { field: 'Value #F', heading: 'Time left', unit: 'dtdurations' },
            {
              field: 'Value #G',
              heading: 'At risk',
              unit: 'percentunit',
              decimals: 0,
              thresholds: ['green', [1.5, 'yellow'], [3, 'red']],
            },
            {
              field: 'Value #H',
              heading: 'Not finite',
              unit: 'short',
              decimals: 0,
              thresholds: ['green', [0.5, 'red']],
            },
            {
              field: 'Value #I',
              heading: 'Alerts',
              unit: 'short',
              decimals: 0,
              thresholds: ['green', [0.5, 'red']],
            },
            { field: 'Value #J', heading: 'Last step', unit: 'dateTimeFromNow' },
            { field: 'Value #K', heading: 'Began', unit: 'dateTimeFromNow' },
          ],
          sortBy: 'State',
        }),
        stateTimeline({
          title: 'State of the runs',
          description:
            'Running, paused, finished, stopped or failed, over time. A gap means that the process did not answer.',
          width: 16,
          unit: 'none',
          mappings: stateMappings,
          query: query(stateNumber, '{{run}}'),
        }),
        alertList({
          title: 'Alerts of Prometheus',
          description:
            'Rules of dashboards/prometheus/rules.yml that fire or are about to. Each links to its entry in the runbook.',
        }),
      ],
    },
    {
      title: 'Pace',
      panels: [
        timeSeries({
          title: 'Steps per second',
          description:
            'All players together, on a logarithmic axis. A fall without a change of settings is worth a look at Streams and Runtime.',
          unit: 'short',
          log: true,
          queries: [query(stepsPerSecond, '{{run}}')],
        }),
        timeSeries({
          title: 'Step time',
          description:
            '99th percentile of one step. The diamonds are single steps with a trace: click one to open it.',
          unit: 's',
          log: true,
          queries: [
            withExemplars(quantile(0.99, 'weir_step_duration_seconds', 'job, instance, run'), '{{run}}'),
          ],
        }),
        timeSeries({
          title: 'Examples per second',
          description: 'Examples of the data that were learned from.',
          unit: 'short',
          log: true,
          queries: [query(total(rate('weir_examples_total')), '{{run}}')],
        }),
      ],
    },
    {
      title: 'Checkpoints, evaluations, alerts and returns to a checkpoint',
      collapsed: true,
      panels: [
        timeSeries({
          title: 'Alerts of the watchdog',
          description: 'How many rules are true now, as the runs themselves see them.',
          unit: 'short',
          min: 0,
          queries: [query(total(of('weir_alert_firing')), '{{run}}')],
        }),
        timeSeries({
          title: 'Alerts raised by the watchdog',
          description: 'How many alerts the runs have raised, in each interval.',
          unit: 'short',
          min: 0,
          queries: [query(total(increase('weir_alerts_total')), '{{run}}')],
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
          title: 'Checkpoints',
          description: 'Checkpoints that were saved and that could not be saved.',
          unit: 'short',
          min: 0,
          queries: [
            query(
              `sum by (job, instance, run, result) (${increase('weir_checkpoints_total')})`,
              '{{run}} {{result}}',
            ),
          ],
        }),
        stat({
          title: 'Age of the newest checkpoint',
          description: 'Time since the newest checkpoint was saved.',
          width: 8,
          height: 8,
          unit: 's',
          query: query(`time() - ${of('weir_checkpoint_last_success_timestamp_seconds')}`, '{{run}}'),
        }),
        timeSeries({
          title: 'Factor of the learning rates',
          description: 'One, until the watchdog rolls back and lowers it.',
          unit: 'short',
          min: 0,
          queries: [query(of('weir_run_rate_factor'), '{{run}}')],
        }),
        timeSeries({
          title: 'Evaluations',
          description: 'How often samples or the agent were scored.',
          unit: 'short',
          min: 0,
          queries: [query(increase('weir_evaluations_total'), '{{run}}')],
        }),
        stat({
          title: 'Age of the newest evaluation',
          description: 'Time since samples or the agent were last scored.',
          width: 8,
          height: 8,
          unit: 's',
          query: query(`time() - ${of('weir_evaluation_last_timestamp_seconds')}`, '{{run}}'),
        }),
      ],
    },
  ],
};
