import type { Board } from '../board.ts';
import { bars } from '../panels/bars.ts';
import { heatMap } from '../panels/heat-map.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { byRun, increase, of, quantile, rate } from '../promql.ts';
import { buckets, query, rows } from '../query.ts';

const stage = '{{stage}}';

/**
 * Where the stream spends its time: the stage that is busy all the time is the one to make faster.
 */
export const streams: Board = {
  name: 'streams',
  place: 'streams',
  title: 'Weir / Streams',
  description: 'Where the stream spends its time: the stage that is always busy is the one to make faster.',
  single: 'any',
  rows: [
    {
      title: 'Stages',
      panels: [
        table({
          title: 'Stages',
          description:
            'One row for each stage, in the present: the one with the largest busy share limits the rate.',
          unit: 'none',
          width: 12,
          queries: [
            rows(byRun(rate('weir_stream_items_total'), 'stage')),
            rows(byRun(rate('weir_stream_busy_duration_seconds_sum'), 'stage')),
            rows(byRun(rate('weir_stream_wait_duration_seconds_sum'), 'stage')),
            rows(byRun(of('weir_stream_inflight_items'), 'stage')),
            rows(byRun(`time() - ${of('weir_stream_last_item_timestamp_seconds')}`, 'stage')),
          ],
          columns: [
            { field: 'stage', heading: 'Stage' },
            { field: 'Value #A', heading: 'Items per second', unit: 'short' },
            { field: 'Value #B', heading: 'Busy', unit: 'percentunit', bar: true },
            { field: 'Value #C', heading: 'Waiting', unit: 'percentunit', bar: true },
            { field: 'Value #D', heading: 'In flight', unit: 'short' },
            { field: 'Value #E', heading: 'Last item', unit: 's' },
          ],
          sortBy: 'Busy',
        }),
        timeSeries({
          title: 'Busy share',
          description: 'Share of time that a stage works. The stage near 100 % is the bottleneck.',
          width: 12,
          unit: 'percentunit',
          min: 0,
          max: 1,
          queries: [query(rate('weir_stream_busy_duration_seconds_sum'), stage)],
        }),
      ],
    },
    {
      title: 'Time',
      panels: [
        heatMap({
          title: 'Step time',
          description: 'All steps of the chosen runs. Dots are steps with a trace: click one to open it.',
          unit: 's',
          query: buckets(`sum by (le) (${increase('weir_step_duration_seconds_bucket')})`).exemplar(true),
        }),
        timeSeries({
          title: 'Busy time of one item',
          description: '99th percentile of the time that a stage and those after it took.',
          unit: 's',
          log: true,
          queries: [
            query(
              quantile(0.99, 'weir_stream_busy_duration_seconds', 'job, instance, run, stage'),
              `${stage} p99`,
            ),
          ],
        }),
        timeSeries({
          title: 'Waiting time of one item',
          description: '99th percentile of the time that a stage waited for its next item.',
          unit: 's',
          log: true,
          queries: [
            query(
              quantile(0.99, 'weir_stream_wait_duration_seconds', 'job, instance, run, stage'),
              `${stage} p99`,
            ),
          ],
        }),
      ],
    },
    {
      title: 'Flow',
      panels: [
        timeSeries({
          title: 'Items per second',
          description:
            'Items that leave the fastest and the slowest stage. Where they differ for long, a buffer fills or a stage drops.',
          unit: 'short',
          min: 0,
          queries: [
            query(`max by (job, instance, run) (${rate('weir_stream_items_total')})`, 'fastest stage'),
            query(`min by (job, instance, run) (${rate('weir_stream_items_total')})`, 'slowest stage'),
          ],
        }),
        timeSeries({
          title: 'Waiting share',
          description:
            'Share of time that a stage waits for the one before it. High everywhere: the source is too slow.',
          unit: 'percentunit',
          min: 0,
          max: 1,
          queries: [query(rate('weir_stream_wait_duration_seconds_sum'), stage)],
        }),
        timeSeries({
          title: 'Time since the last item',
          description: 'A line that climbs is a stage that stands still.',
          unit: 's',
          min: 0,
          queries: [query(`time() - ${of('weir_stream_last_item_timestamp_seconds')}`, stage)],
        }),
      ],
    },
    {
      title: 'Buffers',
      collapsed: true,
      panels: [
        bars({
          title: 'Fill of the buffers',
          description: 'Full: what comes after is too slow. Empty: what comes before is.',
          unit: 'percentunit',
          min: 0,
          max: 1,
          thresholds: ['green', [0.95, 'yellow']],
          query: query(
            `${of('weir_stream_buffer_items')} / (${of('weir_stream_buffer_capacity_items')} > 0)`,
            stage,
          ),
        }),
        timeSeries({
          title: 'Items in buffers and in flight',
          description: 'Items that wait in a stage, and that a stage has taken and not passed on.',
          unit: 'short',
          min: 0,
          queries: [
            query(of('weir_stream_buffer_items'), `${stage} waiting`),
            query(of('weir_stream_inflight_items'), `${stage} in flight`),
          ],
        }),
      ],
    },
    {
      title: 'What went wrong',
      collapsed: true,
      panels: [
        timeSeries({
          title: 'Errors and dropped items',
          description: 'Errors that left a stage, and items that a stage dropped, in each interval.',
          unit: 'short',
          min: 0,
          queries: [
            query(increase('weir_stream_errors_total'), `${stage} errors`),
            query(increase('weir_stream_dropped_items_total'), `${stage} dropped`),
          ],
        }),
        timeSeries({
          title: 'Subscriptions and ends',
          description:
            'How often a stage was subscribed to, and how it ended. Many of both: something retries.',
          unit: 'short',
          min: 0,
          queries: [
            query(increase('weir_stream_subscriptions_total'), `${stage} subscribed`),
            query(increase('weir_stream_terminations_total'), `${stage} {{reason}}`),
          ],
        }),
      ],
    },
  ],
};
