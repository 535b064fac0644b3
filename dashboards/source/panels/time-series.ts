import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ScaleDistribution,
  ScaleDistributionConfigBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { describe, type PanelOptions } from './panel.ts';

/** What has the same colour on all boards: names, colour, and the legends that can have them. */
const colours = [
  ['/critic/', 'blue', /{{player}}/],
  ['/generator/', 'orange', /{{player}}/],
  ['/^real/', 'green', /{{source}}/],
  ['/^fake/', 'purple', /{{source}}/],
  ['/failed|dropped|errors|lost/', 'red', /{{result}}|errors|dropped/],
] as const;

/** One series that is what the title says needs no legend. */
function isAlone(queries: readonly DataqueryBuilder[]): boolean {
  return queries.length === 1 && !queries[0]!.build().legendFormat?.includes('{{');
}

/** Lines over time. */
export function timeSeries(
  options: PanelOptions & {
    readonly queries: readonly DataqueryBuilder[];
    /** A logarithmic axis, for what spans orders of magnitude and stays above zero. */
    readonly log?: boolean;
    readonly fill?: number;
    /** Adds the series up, for shares of a whole. */
    readonly stacked?: true;
  },
): PanelBuilder {
  const panel = describe(new PanelBuilder(), options)
    .targets([...options.queries])
    .lineWidth(1)
    .fillOpacity(options.fill ?? 0)
    .showPoints(VisibilityMode.Never)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(!isAlone(options.queries))
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  if (options.log)
    panel.scaleDistribution(new ScaleDistributionConfigBuilder().type(ScaleDistribution.Log).log(10));
  // Nothing but zeros would else be drawn on an axis up to 100.
  if (options.unit === 'short' && options.min === 0 && options.max === undefined) panel.axisSoftMax(1);
  if (options.stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
  const legends = options.queries.map((each) => each.build().legendFormat ?? '').join('\n');
  for (const [names, color, inLegend] of colours)
    if (inLegend.test(legends))
      panel.overrideByRegexp(names, [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }]);
  if (options.thresholds)
    panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  return panel;
}
