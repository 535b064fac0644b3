import {
  BigValueColorMode,
  BigValueGraphMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import type { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { describe, type PanelOptions } from './panel.ts';

/** One large number for each run: its last value. */
export function stat(
  options: PanelOptions & {
    readonly query: DataqueryBuilder;
    /** What to say instead of a number. */
    readonly mappings?: readonly ValueMapping[];
  },
): PanelBuilder {
  const panel = describe(new PanelBuilder(), { width: 4, height: 4, ...options })
    .withTarget(options.query)
    .graphMode(BigValueGraphMode.None)
    .colorMode(options.thresholds ? BigValueColorMode.Value : BigValueColorMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
  if (options.mappings) panel.mappings([...options.mappings]);
  return panel;
}
