import {
  type DataFrame,
  type FieldConfigSource,
  FieldType,
  type GrafanaTheme2,
  getDisplayValueAlignmentFactors,
  getFieldDisplayName,
  getFieldDisplayValues,
  renderMarkdown,
  type TimeRange,
  VizOrientation,
} from '@grafana/data';
import { BarGauge, BigValue, TimeSeries, type UPlotConfigBuilder, VizRepeater } from '@grafana/ui';
import { numbersOf } from './data.ts';
import { heatMap, stateTimeline, table, xyChart } from './drawn.tsx';
import type { Mark } from './marks.ts';
import { drawMarks } from './marks.ts';

/** A panel of a board, as its JSON has it. */
export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly never[];
  readonly transformations?: readonly never[];
  readonly fieldConfig?: FieldConfigSource;
  // biome-ignore lint/suspicious/noExplicitAny: every kind of panel has options of its own.
  readonly options?: any;
  readonly collapsed?: boolean;
  readonly panels?: readonly PanelJson[];
  readonly transparent?: boolean;
  readonly repeat?: string;
}

/** What a panel is drawn from. */
export interface Drawing {
  readonly panel: PanelJson;
  readonly frames: DataFrame[];
  readonly range: TimeRange;
  readonly width: number;
  readonly height: number;
  readonly theme: GrafanaTheme2;
  readonly marks: readonly Mark[];
  readonly exemplars: readonly [number, number][];
  readonly alerts: readonly Alert[];
}

export interface Alert {
  readonly name: string;
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
}

const noData = <div style={{ margin: 'auto', opacity: 0.6 }}>No data</div>;

/** The inside of a panel. */
export function Inside(drawing: Drawing) {
  const { panel, frames } = drawing;
  if (panel.type === 'text') return text(drawing);
  if (panel.type === 'alertlist') return alertList(drawing);
  if (panel.type === 'dashlist') return null;
  if (numbersOf(frames).length === 0) return noData;
  switch (panel.type) {
    case 'timeseries':
      return timeSeries(drawing);
    case 'stat':
      return values(drawing, BigValueOf);
    case 'bargauge':
      return values(drawing, BarOf);
    case 'table':
      return table(drawing);
    case 'state-timeline':
      return stateTimeline(drawing);
    case 'heatmap':
      return heatMap(drawing);
    case 'xychart':
      return xyChart(drawing);
    default:
      throw new Error(`no drawing for a panel of type ${panel.type}`);
  }
}

function timeSeries({ panel, frames, range, width, height, marks, exemplars, theme }: Drawing) {
  const { legend } = panel.options;
  const shown = frames.filter((frame) => frame.fields.some(({ type }) => type === FieldType.number));
  return (
    <TimeSeries
      frames={shown}
      structureRev={1}
      width={width}
      height={height}
      timeRange={range}
      timeZone="utc"
      legend={{ calcs: [], ...legend }}
      options={{}}
    >
      {(config: UPlotConfigBuilder) => {
        config.addHook('draw', (plot) => drawMarks(plot, marks, exemplars, theme));
        return null;
      }}
    </TimeSeries>
  );
}

// biome-ignore lint/suspicious/noExplicitAny: the props of VizRepeater, whose values are of one kind.
type Repeated = (drawing: Drawing) => (props: any) => React.JSX.Element;

function values(drawing: Drawing, of: Repeated) {
  const { panel, frames, width, height, theme } = drawing;
  const getValues = () =>
    getFieldDisplayValues({
      fieldConfig: panel.fieldConfig!,
      reduceOptions: panel.options.reduceOptions,
      replaceVariables: (text) => text,
      data: frames,
      theme,
      timeZone: 'utc',
      sparkline: panel.options.graphMode === 'area',
    });
  return (
    <VizRepeater
      getValues={getValues}
      getAlignmentFactors={getDisplayValueAlignmentFactors as never}
      renderValue={of(drawing)}
      source={frames}
      renderCounter={0}
      width={width}
      height={height}
      autoGrid={panel.type === 'stat'}
      minVizHeight={panel.type === 'stat' ? 0 : 16}
      orientation={(panel.options.orientation ?? 'auto') as VizOrientation}
    />
  );
}

const BigValueOf: Repeated =
  ({ panel, theme }) =>
  ({ value, alignmentFactors, width, height, count }) => (
    <BigValue
      value={value.display}
      count={count}
      sparkline={value.sparkline}
      colorMode={panel.options.colorMode}
      graphMode={panel.options.graphMode}
      textMode={panel.options.textMode ?? 'auto'}
      justifyMode={panel.options.justifyMode ?? 'auto'}
      wideLayout={panel.options.wideLayout ?? true}
      alignmentFactors={alignmentFactors}
      theme={theme}
      width={width}
      height={height}
    />
  );

const BarOf: Repeated =
  ({ panel, theme }) =>
  ({ value, alignmentFactors, width, height, orientation }) => (
    <BarGauge
      value={value.display}
      field={value.field}
      display={value.view?.getFieldDisplayProcessor(value.colIndex)}
      width={width}
      height={height}
      orientation={orientation === 'auto' ? VizOrientation.Horizontal : orientation}
      displayMode={panel.options.displayMode}
      showUnfilled={panel.options.showUnfilled ?? true}
      alignmentFactors={alignmentFactors}
      theme={theme}
    />
  );

function text({ panel }: Drawing) {
  const { content, mode } = panel.options;
  const html = mode === 'markdown' ? renderMarkdown(content) : content;
  return (
    <div
      className="markdown-html"
      style={{ overflow: 'hidden' }}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

function alertList({ alerts, theme }: Drawing) {
  if (alerts.length === 0)
    return <div style={{ margin: 'auto', opacity: 0.6 }}>No alerts matching filters</div>;
  const colour = { firing: theme.colors.error.text, pending: theme.colors.warning.text };
  return (
    <div style={{ width: '100%', overflow: 'hidden' }}>
      {alerts.map(({ name, state, labels }) => (
        <div key={JSON.stringify(labels)} style={{ display: 'flex', gap: 12, padding: '4px 8px' }}>
          <span style={{ color: colour[state as 'firing'], width: 60 }}>{state}</span>
          <span style={{ flex: 1 }}>{name}</span>
          <span style={{ opacity: 0.7 }}>{labels.run ?? labels.instance}</span>
        </div>
      ))}
    </div>
  );
}

export const nameOf = (frame: DataFrame, frames: DataFrame[]) =>
  getFieldDisplayName(frame.fields.find(({ type }) => type === FieldType.number)!, frame, frames);
