import {
  LegendDisplayMode,
  LegendPlacement,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder, PointShape, SeriesMapping, XYShowMode } from '@grafana/grafana-foundation-sdk/xychart';
import { byRun, of } from '../promql.ts';
import { points } from '../query.ts';
import { describe, type PanelOptions } from './panel.ts';

/**
 * A gauge against the step of the run rather than against time, one curve for each run (and each
 * further label). Both queries have the same labels at the same instants, so their rows merge one
 * to one; then the table is split by run, time is dropped, and the first column that is left is the
 * x axis.
 */
export function byStep(
  options: PanelOptions & { readonly metric: string; readonly labels?: readonly string[] },
): PanelBuilder {
  const split = ['run', ...(options.labels ?? [])];
  const value = byRun(of(options.metric), ...(options.labels ?? []));
  const step = byRun(of('weir_run_global_step'));
  return describe(new PanelBuilder(), options)
    .withTarget(points(`0 * ${value} + on (job, instance, run) group_left () ${step}`))
    .withTarget(points(value))
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: { Time: true, job: true, instance: true },
        indexByName: Object.fromEntries(
          [...split, 'Value #A', 'Value #B'].map((name, index) => [name, index]),
        ),
        renameByName: { 'Value #A': 'Step', 'Value #B': options.title },
      },
    })
    .withTransformation({
      id: 'partitionByValues',
      options: { fields: split, keepFields: false, naming: { asLabels: true } },
    })
    .mapping(SeriesMapping.Auto)
    .show(XYShowMode.Lines)
    .pointShape(PointShape.Circle)
    .lineWidth(1)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .overrideByName('Step', [{ id: 'unit', value: 'locale' }]);
}
