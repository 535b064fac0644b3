import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import type { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { describe, type PanelOptions, thresholds } from './panel.ts';

/** A column of a table: the label or value it shows, its heading, and the unit of a value. */
export interface Column {
  /** A label, or `Value #A` for the value of the query that is called A. */
  readonly field: string;
  readonly heading: string;
  readonly unit?: string;
  /** A bar from 0 to 1 beside the value. */
  readonly bar?: true;
  /** Words, and their colours, for the values. */
  readonly mappings?: readonly ValueMapping[];
  /** Colours of the text by value. */
  readonly thresholds?: PanelOptions['thresholds'];
  readonly decimals?: number;
  /** Where a click leads: title and address. */
  readonly links?: readonly { readonly title: string; readonly url: string }[];
  /** In pixels. */
  readonly width?: number;
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
  for (const column of columns) {
    const properties = propertiesOf(column);
    if (properties.length > 0) panel.overrideByName(column.heading, properties);
  }
  return panel;
}

/** What of a column differs from the others. */
function propertiesOf({ unit, bar, mappings, thresholds: limits, decimals, links, width }: Column) {
  const colouredText = { id: 'custom.cellOptions', value: { type: 'color-text' } };
  return [
    ...(unit === undefined ? [] : [{ id: 'unit', value: unit }]),
    ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
    ...(width === undefined ? [] : [{ id: 'custom.width', value: width }]),
    ...(links === undefined ? [] : [{ id: 'links', value: links }]),
    ...(mappings === undefined ? [] : [{ id: 'mappings', value: mappings }, colouredText]),
    ...(limits === undefined
      ? []
      : [
          { id: 'thresholds', value: thresholds(limits).build() },
          { id: 'color', value: { mode: 'thresholds' } },
          colouredText,
        ]),
    ...(bar
      ? [
          { id: 'custom.cellOptions', value: { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' } },
          { id: 'min', value: 0 },
          { id: 'max', value: 1 },
          { id: 'color', value: { mode: 'fixed', fixedColor: 'blue' } },
        ]
      : []),
  ];
}
