import type { MetricName } from '../metrics/catalogue.ts';

/**
 * What a range of samples is made into. `increase` and `rate` (a second) are of counters; `slope`
 * is a second, too.
 */
export type SeriesSummary = 'increase' | 'rate' | 'slope' | 'maximum';

/** One number for every run, or for every combination of `by` within it. */
export interface Series {
  readonly kind: 'series';
  readonly metric: MetricName;
  /** Only those with one of these values of a label. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** Labels that are kept beside the run's. */
  readonly by: readonly string[];
  /** What the series that fall together are made into. */
  readonly join: 'max' | 'min' | 'sum';
  /** Of the samples of so many seconds, which end `ago` seconds before now. */
  readonly over?: { readonly what: SeriesSummary; readonly seconds: number; readonly ago?: number };
}

/**
 * Numbers that are compared: a series, the time of day, a constant, or two of them put together.
 */
export type Expression =
  | Series
  | { readonly kind: 'now' }
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'arithmetic';
      readonly sign: '-' | '*' | '/';
      readonly left: Expression;
      readonly right: Expression;
    };

/**
 * What is true or not of every run. Both sides of a comparison, and all conditions of `all`, have
 * the same labels.
 */
export type Condition =
  | {
      readonly kind: 'compare';
      readonly left: Expression;
      readonly sign: '>' | '<' | '>=' | '<=' | '==';
      readonly right: Expression;
    }
  | { readonly kind: 'all'; readonly conditions: readonly Condition[] };

/** How a series is read. */
type Reading = Partial<Omit<Series, 'kind' | 'metric'>>;

/** The present number of a metric. */
export function series(metric: MetricName, reading: Reading = {}): Series {
  return { kind: 'series', metric, where: {}, by: [], join: 'max', ...reading };
}

/** What the last seconds of a metric come to. */
export function over(
  what: SeriesSummary,
  seconds: number,
  metric: MetricName,
  reading: Reading = {},
): Series {
  return series(metric, { ...reading, over: { what, seconds, ...reading.over } });
}

/** Seconds since 1970. */
export const now: Expression = { kind: 'now' };

function expression(given: Expression | number): Expression {
  return typeof given === 'number' ? { kind: 'number', value: given } : given;
}

/** The difference, product or quotient of two expressions. */
export function arithmetic(
  left: Expression | number,
  sign: '-' | '*' | '/',
  right: Expression | number,
): Expression {
  return { kind: 'arithmetic', sign, left: expression(left), right: expression(right) };
}

/** Compares two expressions. */
export function compare(
  left: Expression | number,
  sign: '>' | '<' | '>=' | '<=' | '==',
  right: Expression | number,
): Condition {
  return { kind: 'compare', left: expression(left), sign, right: expression(right) };
}

/** True where all of them are. */
export function all(...conditions: readonly Condition[]): Condition {
  return { kind: 'all', conditions };
}

/** Every series that a condition reads. */
export function seriesOf(condition: Condition): readonly Series[] {
  if (condition.kind === 'all') return condition.conditions.flatMap(seriesOf);
  return [condition.left, condition.right].flatMap(seriesIn);
}

function seriesIn(given: Expression): readonly Series[] {
  if (given.kind === 'series') return [given];
  return given.kind === 'arithmetic' ? [given.left, given.right].flatMap(seriesIn) : [];
}
