import type { Board } from '../board.ts';
import { bars } from '../panels/bars.ts';
import { heatMap } from '../panels/heat-map.ts';
import { timeSeries } from '../panels/time-series.ts';
import { increase, of, quantile, rate } from '../promql.ts';
import { buckets, query } from '../query.ts';

const stage = '{{run}} {{stage}}';

/**
 * Where the stream spends its time: the stage that is busy all the time is the one to make faster.
 */
export const streams: Board = {
  name: 'streams',
  place: 'streams',
  title: 'Weir / Streams',
  description: 'Where the stream spends its time: the stage that is always busy is the one to make faster.',
  rows: [
    {
      title: 'Flow',
      panels: [
        timeSeries({
          title: 'Items per second',
          description:
            'Items that leave each stage. Stages of one stream that differ for long fill a buffer or drop.',
          unit: 'short',
          min: 0,
          queries: [query(rate('weir_stream_items_total'), stage)],
        }),
        timeSeries({
          title: 'Busy share',
          description: 'Share of time that a stage works. The stage near 100 % is the bottleneck.',
          unit: 'percentunit',
          min: 0,
          queries: [query(rate('weir_stream_busy_duration_seconds_sum'), stage)],
        }),
        timeSeries({
          title: 'Waiting share',
          description:
            'Share of time that a stage waits for the one before it. High everywhere: the source is too slow.',
          unit: 'percentunit',
          min: 0,
          queries: [query(rate('weir_stream_wait_duration_seconds_sum'), stage)],
        }),
      ],
    },
    {
      title: 'Buffers',
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
      title: 'Time of one item',
      panels: [
        heatMap({
          title: 'Step time',
          description: 'All steps of the chosen runs. Dots are steps with a trace: click one to open it.',
          unit: 's',
          query: buckets(`sum by (le) (${increase('weir_step_duration_seconds_bucket')})`).exemplar(true),
        }),
        timeSeries({
          title: 'Busy time of one item',
          description: 'Median and 99th percentile of the time that a stage and those after it took.',
          unit: 's',
          log: true,
          queries: [
            query(
              quantile(0.5, 'weir_stream_busy_duration_seconds', 'job, instance, run, stage'),
              `${stage} p50`,
            ),
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
      title: 'What went wrong',
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
