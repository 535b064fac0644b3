import { PanelBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelOptions } from './panel.ts';

/**
 * The alerts of the data source that are firing or pending. The SDK has no builder for this kind of
 * panel.
 */
export function alertList(options: Omit<PanelOptions, 'unit'>): PanelBuilder {
  return new PanelBuilder()
    .type('alertlist')
    .title(options.title)
    .description(options.description)
    .span(options.width ?? 8)
    .height(options.height ?? 8)
    .options({
      viewMode: 'list',
      groupMode: 'default',
      groupBy: [],
      maxItems: 20,
      sortOrder: 3,
      dashboardAlerts: false,
      alertName: '',
      alertInstanceLabelFilter: '{run=~"$run|"}',
      stateFilter: { firing: true, pending: true, noData: false, normal: false, error: true },
      folder: null,
    });
}
