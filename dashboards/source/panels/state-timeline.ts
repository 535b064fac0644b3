import { VisibilityMode } from '@grafana/grafana-foundation-sdk/common';
import type { ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import type { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { describe, type PanelOptions } from './panel.ts';

/** One band for each run, coloured by its state. */
export function stateTimeline(
  options: PanelOptions & { readonly query: DataqueryBuilder; readonly mappings: readonly ValueMapping[] },
): PanelBuilder {
  return describe(new PanelBuilder(), options)
    .withTarget(options.query)
    .mappings([...options.mappings])
    .mergeValues(true)
    .showValue(VisibilityMode.Auto)
    .rowHeight(0.8);
}
