import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type AnnotationQuery, AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { chosenDataSource } from './data-source.ts';
import { of } from './promql.ts';

/** What is marked on the time axis of every panel. */
export function annotations(): Builder<AnnotationQuery>[] {
  return [
    annotation({
      name: 'Checkpoints',
      colour: 'green',
      expr: `${of('weir_checkpoint_last_success_timestamp_seconds')} * 1000`,
      title: 'Checkpoint',
      text: '{{run}}',
      valueIsTime: true,
      // A run may save every few seconds; the others are rare.
      enabled: false,
    }),
    annotation({
      name: 'Alerts',
      colour: 'red',
      expr: 'ALERTS{alertstate="firing", job=~"$job", instance=~"$instance|", run=~"$run|"}',
      title: '{{alertname}}',
      text: '{{severity}} {{run}}',
    }),
    annotation({
      name: 'Process starts',
      colour: 'blue',
      expr: `${of('process_start_time_seconds')} * 1000`,
      title: 'Process start',
      text: '{{run}} on {{instance}}',
      valueIsTime: true,
    }),
    annotation({
      name: 'Roll-backs',
      colour: 'purple',
      expr: `changes(${of('weir_rollbacks_total')}[30s]) > 0`,
      title: 'Roll-back',
      text: '{{run}}',
    }),
    annotation({
      name: 'Phases',
      colour: 'yellow',
      expr: `changes(${of('weir_phase')}[30s]) > 0`,
      title: 'Phase',
      text: '{{run}}: end of {{phase}}',
    }),
  ];
}

interface Annotation {
  readonly name: string;
  readonly colour: string;
  readonly expr: string;
  readonly title: string;
  readonly text: string;
  /** The value of the query is the time of the mark, in milliseconds. */
  readonly valueIsTime?: boolean;
  /** Whether it is shown at first. @default true */
  readonly enabled?: boolean;
}

function annotation({ name, colour, expr, title, text, valueIsTime = false, enabled = true }: Annotation) {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(chosenDataSource)
    .enable(enabled)
    .hide(false)
    .iconColor(colour)
    .expr(expr)
    .target(new DataqueryBuilder().expr(expr).refId('Anno').range())
    .titleFormat(title)
    .textFormat(text)
    .step('10s')
    .useValueForTime(valueIsTime);
}
