import { PanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import {
  BarGaugeDisplayMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import type { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { describe, type PanelOptions } from './panel.ts';

/** One horizontal bar for each series: how full it is now. */
export function bars(options: PanelOptions & { readonly query: DataqueryBuilder }): PanelBuilder {
  return describe(new PanelBuilder(), options)
    .withTarget(options.query)
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
}
