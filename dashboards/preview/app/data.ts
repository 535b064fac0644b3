import {
  applyFieldOverrides,
  type DataFrame,
  type FieldConfigPropertyItem,
  type FieldConfigSource,
  FieldType,
  type GrafanaTheme2,
  identityOverrideProcessor,
  Registry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  thresholdsOverrideProcessor,
  transformDataFrame,
  valueMappingsOverrideProcessor,
} from '@grafana/data';
import { lastValueFrom } from 'rxjs';

/** What an override of a board may set: its id, and where the configuration has it. */
const standard = ['unit', 'min', 'max', 'decimals', 'displayName', 'color', 'noValue', 'links'];
const custom = () => [
  ...Object.keys(customDefaults),
  ...['lineStyle', 'fillBelowTo', 'width', 'cellOptions', 'axisSoftMin', 'axisSoftMax'],
];

const item = (id: string, path: string, process = identityOverrideProcessor as never) =>
  ({
    id,
    path,
    name: id,
    isCustom: id.startsWith('custom.'),
    shouldApply: () => true,
    process,
    override: process,
    editor: () => null,
    settings: {},
  }) as unknown as FieldConfigPropertyItem;

const items = () => [
  ...standard.map((id) => item(id, id)),
  ...custom().map((id) => item(`custom.${id}`, id)),
  item('thresholds', 'thresholds', thresholdsOverrideProcessor as never),
  item('mappings', 'mappings', valueMappingsOverrideProcessor as never),
];

/** Fills the registries of Grafana's packages, as Grafana does when it starts. */
export function fillRegistries(): void {
  standardFieldConfigEditorRegistry.setInit(items);
  standardTransformersRegistry.setInit(
    () =>
      [...new Map(Object.values(standardTransformers).map((each) => [each.id, each])).values()].map(
        (transformation) => ({
          id: transformation.id,
          name: transformation.name,
          transformation: async () => transformation,
          editor: () => null,
        }),
      ) as never,
  );
}

interface Transformation {
  readonly id: string;
  readonly options: { readonly fields?: readonly string[] };
}

/** The transformations of a panel; `partitionByValues` is not part of the package. */
export async function transformed(
  transformations: readonly Transformation[],
  frames: DataFrame[],
): Promise<DataFrame[]> {
  let present = frames;
  for (const { id, options } of transformations)
    present =
      id === 'partitionByValues'
        ? present.flatMap((frame) => partitioned(frame, options.fields!))
        : await lastValueFrom(transformDataFrame([{ id, options }], present));
  return present;
}

/** A frame for each combination of the values of some fields, which become labels. */
function partitioned(frame: DataFrame, names: readonly string[]): DataFrame[] {
  const keys = frame.fields.filter(({ name }) => names.includes(name));
  const rows = Map.groupBy(
    Array.from({ length: frame.length }, (_, row) => row),
    (row) => JSON.stringify(keys.map(({ values }) => values[row])),
  );
  return [...rows].map(([, at]) => ({
    ...frame,
    length: at.length,
    name: keys.map(({ values }) => values[at[0]!]).join(' '),
    fields: frame.fields
      .filter((field) => !keys.includes(field))
      .map((field) => ({ ...field, values: at.map((row) => field.values[row]) })),
  }));
}

const customDefaults = {
  drawStyle: 'line',
  lineInterpolation: 'linear',
  barAlignment: 0,
  barWidthFactor: 0.6,
  lineWidth: 1,
  fillOpacity: 0,
  gradientMode: 'none',
  axisPlacement: 'auto',
  axisColorMode: 'text',
  axisBorderShow: false,
  hideFrom: { legend: false, tooltip: false, viz: false },
  pointSize: 5,
  showPoints: 'auto',
  stacking: { mode: 'none', group: 'A' },
  scaleDistribution: { type: 'linear' },
  thresholdsStyle: { mode: 'off' },
  spanNulls: false,
  insertNulls: false,
};

/** The frames with units, thresholds, mappings, colours and overrides applied, as Grafana does. */
export function configured(
  frames: DataFrame[],
  fieldConfig: FieldConfigSource,
  theme: GrafanaTheme2,
): DataFrame[] {
  const defaults = {
    color: { mode: 'palette-classic' as never },
    ...fieldConfig.defaults,
    custom: { ...customDefaults, ...fieldConfig.defaults.custom },
  };
  return applyFieldOverrides({
    data: frames,
    fieldConfig: { defaults, overrides: fieldConfig.overrides ?? [] },
    fieldConfigRegistry: new Registry(items) as never,
    replaceVariables: (text) => text,
    theme,
    timeZone: 'utc',
  });
}

/** The numbers of frames, and none of those that hold nothing. */
export function numbersOf(frames: readonly DataFrame[]) {
  return frames.flatMap((frame) =>
    frame.fields
      .filter(({ type, values }) => type === FieldType.number && values.some((value) => value !== null))
      .map((field) => ({ frame, field, time: frame.fields.find(({ type }) => type === FieldType.time) })),
  );
}
