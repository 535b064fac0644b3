import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { PanelOptions } from '../panels/panel.ts';
import { timeSeries } from '../panels/time-series.ts';
import { of } from '../promql.ts';
import { query } from '../query.ts';

/** One gauge as it is, over time. */
export function gauge(
  metric: string,
  options: PanelOptions & { readonly legend?: string; readonly log?: boolean },
): PanelBuilder {
  return timeSeries({ width: 6, ...options, queries: [query(of(metric), options.legend ?? options.title)] });
}
