import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { describe, type PanelOptions } from './panel.ts';

/** A column of a table: the label or value it shows, its heading, and the unit of a value. */
export interface Column {
  /** A label, or `Value #A` for the value of the query that is called A. */
  readonly field: string;
  readonly heading: string;
  readonly unit?: string;
}

/**
 * Rows of several queries that are merged where their labels agree; only the named columns are
 * shown, in that order.
 */
export function table(
  options: PanelOptions & {
    readonly queries: readonly DataqueryBuilder[];
    readonly columns: readonly Column[];
    readonly sortBy?: string;
  },
): PanelBuilder {
  const { columns } = options;
  const panel = describe(new PanelBuilder(), options)
    .targets([...options.queries])
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'filterFieldsByName',
      options: { include: { names: columns.map(({ field }) => field) } },
    })
    .withTransformation({
      id: 'organize',
      options: {
        indexByName: Object.fromEntries(columns.map(({ field }, index) => [field, index])),
        renameByName: Object.fromEntries(columns.map(({ field, heading }) => [field, heading])),
      },
    });
  if (options.sortBy)
    panel.sortBy([new TableSortByFieldStateBuilder().displayName(options.sortBy).desc(true)]);
  for (const { heading, unit } of columns)
    if (unit) panel.overrideByName(heading, [{ id: 'unit', value: unit }]);
  return panel;
}
