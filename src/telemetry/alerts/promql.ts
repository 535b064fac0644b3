import type { Condition, Expression, Series } from './condition.ts';

const functions = {
  increase: 'increase',
  rate: 'rate',
  slope: 'deriv',
  maximum: 'max_over_time',
} as const;

/**
 * A condition as Prometheus evaluates it: one result for every job, instance and run of which it is
 * true.
 */
export function promql(condition: Condition): string {
  if (condition.kind === 'all') return condition.conditions.map(promql).join('\nand ');
  return `${text(condition.left)} ${condition.sign} ${text(condition.right)}`;
}

function text(given: Expression): string {
  switch (given.kind) {
    case 'now':
      return 'time()';
    case 'number':
      return String(given.value);
    case 'arithmetic':
      return `(${text(given.left)} ${given.sign} ${text(given.right)})`;
    case 'series':
      return joined(given);
  }
}

function joined({ metric, where, by, join, over }: Series): string {
  const matchers = Object.entries(where).map(([label, values]) =>
    values.length === 1 ? `${label}="${values[0]}"` : `${label}=~"${values.join('|')}"`,
  );
  const selector = matchers.length === 0 ? metric : `${metric}{${matchers.join(', ')}}`;
  const labels = ['job', 'instance', 'run', ...by].join(', ');
  return `${join} by (${labels}) (${over === undefined ? selector : ranged(selector, over)})`;
}

function ranged(selector: string, { what, seconds, ago }: NonNullable<Series['over']>): string {
  const range = `${selector}[${seconds}s]${ago === undefined ? '' : ` offset ${ago}s`}`;
  return `${functions[what]}(${range})`;
}
