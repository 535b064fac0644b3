import type { Labels } from '../metrics/series.ts';
import type { Condition, Expression } from './condition.ts';
import type { History, Values } from './history.ts';

/**
 * The labels of everything of which a condition is true at a time, as Prometheus would answer with
 * `promql(condition)`.
 */
export function evaluateCondition(condition: Condition, history: History, time: number): readonly Labels[] {
  return [...truths(condition, history, time).values()];
}

function truths(condition: Condition, history: History, time: number): ReadonlyMap<string, Labels> {
  if (condition.kind === 'all') {
    const [first, ...others] = condition.conditions.map((each) => truths(each, history, time));
    return new Map([...first!].filter(([key]) => others.every((other) => other.has(key))));
  }
  const { left, sign, right } = condition;
  const differences = combine(value(left, history, time), value(right, history, time), (a, b) =>
    Number(signs[sign](a, b)),
  );
  if (typeof differences === 'number') return new Map(differences === 1 ? [['[]', {}]] : []);
  return new Map(
    [...differences].filter(([, { value }]) => value === 1).map(([key, { labels }]) => [key, labels]),
  );
}

function value(given: Expression, history: History, time: number): number | Values {
  switch (given.kind) {
    case 'now':
      return time;
    case 'number':
      return given.value;
    case 'series':
      return history.values(given, time);
    case 'arithmetic':
      return combine(
        value(given.left, history, time),
        value(given.right, history, time),
        operations[given.sign],
      );
  }
}

/** Number by number where both sides have the same labels. */
function combine(
  left: number | Values,
  right: number | Values,
  operation: (a: number, b: number) => number,
): number | Values {
  if (typeof left === 'number' && typeof right === 'number') return operation(left, right);
  const labelled = (typeof left === 'number' ? right : left) as Values;
  const at = (side: number | Values, key: string) => (typeof side === 'number' ? side : side.get(key)?.value);
  return new Map(
    [...labelled].flatMap(([key, { labels }]) => {
      const [a, b] = [at(left, key), at(right, key)];
      return a === undefined || b === undefined ? [] : [[key, { labels, value: operation(a, b) }]];
    }),
  );
}

const operations = {
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
} as const;

const signs = {
  '>': (a: number, b: number) => a > b,
  '<': (a: number, b: number) => a < b,
  '>=': (a: number, b: number) => a >= b,
  '<=': (a: number, b: number) => a <= b,
  '==': (a: number, b: number) => a === b,
} as const;
