import { type DataFrame, dateTime, FieldType, type TimeRange } from '@grafana/data';

/** A query of a board, as its JSON has it. */
export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  readonly instant?: boolean;
  readonly exemplar?: boolean;
  readonly format?: 'table' | 'heatmap';
}

/** The stretch of time that is drawn, the choice of the variables, and the points of a curve. */
export interface Window {
  readonly range: TimeRange;
  readonly variables: Readonly<Record<string, string>>;
  readonly points: number;
}

interface Series {
  readonly metric: Record<string, string>;
  readonly value?: [number, string];
  readonly values?: [number, string][];
}

const scrapeSeconds = 5;

/** The beginning and end in seconds, and the seconds between two points, as Grafana chooses them. */
function grid({ range, points }: Window) {
  const [from, to] = [range.from.unix(), range.to.unix()];
  const step = Math.max(scrapeSeconds, Math.ceil((to - from) / points / 5) * 5);
  return { from: Math.floor(from / step) * step, to: Math.floor(to / step) * step, step };
}

/** The expression with Grafana's variables replaced. */
export function filledIn(text: string, window: Window): string {
  const { from, to, step } = grid(window);
  const special: Record<string, string> = {
    __rate_interval: `${Math.max(step + scrapeSeconds, 4 * scrapeSeconds)}s`,
    __interval: `${step}s`,
    __range: `${to - from}s`,
  };
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced, plain) => {
    const name = braced ?? plain;
    return special[name] ?? window.variables[name] ?? whole;
  });
}

export async function ask<Data>(path: string, parameters: Record<string, string>): Promise<Data> {
  const answer = await fetch(`/api/v1/${path}?${new URLSearchParams(parameters)}`);
  const { data, error } = await answer.json();
  if (error !== undefined) throw new Error(`${parameters.query}: ${error}`);
  return data;
}

/** What a query of a panel gives, as the data source of Prometheus hands it to a panel. */
export async function framesOf(target: Target, window: Window): Promise<DataFrame[]> {
  const query = filledIn(target.expr, window);
  const { from, to, step } = grid(window);
  const { result } = target.instant
    ? await ask<{ result: Series[] }>('query', { query, time: String(window.range.to.unix()) })
    : await ask<{ result: Series[] }>('query_range', {
        query,
        start: String(from),
        end: String(to),
        step: String(step),
      });
  if (target.format === 'table') return [tableOf(target, result)];
  const times = Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * 1000);
  const frames = result.map((series) => curveOf(target, series, times));
  return target.format === 'heatmap' ? heatMapOf(frames) : frames;
}

/** Exemplars of a query: when, and the value. */
export async function exemplarsOf({ expr }: Target, window: Window): Promise<[number, number][]> {
  const { from, to } = grid(window);
  const query = filledIn(expr, window);
  const found = await ask<{ exemplars: { value: string; timestamp: number }[] }[]>('query_exemplars', {
    query,
    start: String(from),
    end: String(to),
  });
  return found.flatMap(({ exemplars }) =>
    exemplars.map(({ timestamp, value }) => [timestamp * 1000, +value]),
  );
}

/** A point for every place of the grid, so that a gap is a gap. */
function curveOf(
  { legendFormat, refId }: Target,
  { metric, values, value }: Series,
  grid: number[],
): DataFrame {
  const known = new Map((values ?? [value!]).map(([time, text]) => [time * 1000, number(text)]));
  const times = values === undefined ? [...known.keys()] : grid;
  const { __name__: name, ...labels } = metric;
  const legend = legendFormat?.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => metric[label] ?? '');
  return {
    refId,
    name: legend || name || '',
    length: times.length,
    fields: [
      { name: 'Time', type: FieldType.time, config: {}, values: times },
      {
        name: 'Value',
        type: FieldType.number,
        labels,
        config: legend ? { displayNameFromDS: legend } : {},
        values: times.map((time) => finite(known.get(time))),
      },
    ],
  };
}

function tableOf({ refId }: Target, result: readonly Series[]): DataFrame {
  const labels = [...new Set(result.flatMap(({ metric }) => Object.keys(metric)))].filter(
    (label) => label !== '__name__',
  );
  const points = result.flatMap(({ metric, value, values }) =>
    (values ?? [value!]).map(([time, text]) => ({ metric, time: time * 1000, value: number(text) })),
  );
  return {
    refId,
    length: points.length,
    fields: [
      { name: 'Time', type: FieldType.time, config: {}, values: points.map(({ time }) => time) },
      ...labels.map((label) => ({
        name: label,
        type: FieldType.string,
        config: {},
        values: points.map(({ metric }) => metric[label] ?? ''),
      })),
      {
        name: `Value #${refId}`,
        type: FieldType.number,
        config: {},
        values: points.map(({ value }) => value),
      },
    ],
  };
}

/** Cumulated buckets made into those of their own, in the order of their bounds. */
function heatMapOf(frames: readonly DataFrame[]): DataFrame[] {
  const bound = (frame: DataFrame) => number(frame.fields[1]!.labels!.le!);
  const sorted = frames.toSorted((a, b) => bound(a) - bound(b));
  return sorted.map((frame, index) => {
    const below = sorted[index - 1]?.fields[1]!.values;
    const [time, field] = frame.fields;
    const values = field!.values.map((value, at) =>
      value === null ? null : Math.max(0, value - (below?.[at] ?? 0)),
    );
    return { ...frame, fields: [time!, { ...field!, values }] };
  });
}

/** Grafana's panels draw what is not finite as a gap. */
const finite = (value: number | undefined) => (Number.isFinite(value) ? value! : null);

function number(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}

/** The values of a variable that a query fills, as `label_values(metric, label)`. */
export async function valuesOf(query: string, window: Window): Promise<string[]> {
  const [, series, label] = /^label_values\((.+), (\w+)\)$/s.exec(query)!;
  return ask(`label/${label}/values`, {
    'match[]': filledIn(series!, window),
    start: String(window.range.from.unix()),
    end: String(window.range.to.unix()),
  });
}

export function timeRange(from: number, to: number): TimeRange {
  const [first, last] = [dateTime(from), dateTime(to)];
  return { from: first, to: last, raw: { from: first, to: last } };
}
