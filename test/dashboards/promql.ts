import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** A metric in a query: its matchers, and the functions around it from the inside out. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly string[];
  readonly range: string | undefined;
  readonly within: readonly string[];
}

/** The query with Grafana's own variables replaced, as they would be when it is sent. */
export function filledIn(expr: string): string {
  return expr
    .replaceAll('$__rate_interval', '30s')
    .replaceAll('$__interval', '15s')
    .replaceAll('$__range', '5m');
}

/** The query as Grafana sends it when everything is chosen. */
export function chosen(expr: string): string {
  return filledIn(expr).replace(/\$(?:job|instance|run)\b/g, '.+');
}

/** All metrics that a query reads. @throws SyntaxError where it is no PromQL */
export function selectorsOf(expr: string): Selector[] {
  const text = filledIn(expr);
  const selectors: Selector[] = [];
  parser.parse(text).iterate({
    enter({ type, node }) {
      if (type.isError) throw new SyntaxError(`at ${node.from} of ${text}`);
      if (type.name === 'VectorSelector') selectors.push(selector(text, node));
    },
  });
  return selectors;
}

function selector(text: string, node: SyntaxNode): Selector {
  const textOf = (part: SyntaxNode | null | undefined) => part && text.slice(part.from, part.to);
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  const within: string[] = [];
  for (let up = node.parent; up; up = up.parent)
    if (up.name === 'FunctionCall') within.push(textOf(up.getChild('FunctionIdentifier'))!);
  const matrix = node.parent?.name === 'MatrixSelector' ? node.parent : undefined;
  return {
    metric: textOf(node.getChild('Identifier')) ?? '',
    matchers: matchers.map((matcher) => textOf(matcher)!.replaceAll(' ', '')),
    range: textOf(matrix?.getChild('DurationExpr')) ?? undefined,
    within,
  };
}

/** The labels by which a query groups or matches. */
export function groupingsOf(expr: string): string[] {
  const text = filledIn(expr);
  const labels: string[] = [];
  parser.parse(text).iterate({
    enter({ type, node }) {
      if (type.name === 'GroupingLabels')
        labels.push(...node.getChildren('LabelName').map(({ from, to }) => text.slice(from, to)));
    },
  });
  return labels;
}

/** The metric whose series this is: a histogram has three names of its own. */
export function metricOf(series: string): string {
  return series.replace(/_(?:bucket|sum|count)$/, '');
}
