import { type Line, linePlot } from '../plots/index.ts';
import {
  type ComparedRun,
  type ComparedValue,
  type Incomparable,
  incomparable,
  scoredOn,
} from '../runs/index.ts';

/** The rows of the comparison as text: a head, then a row for each run. */
export function comparisonRows(runs: readonly ComparedRun[], values: readonly ComparedValue[]): string[][] {
  const scored = runs.map(scoredOn);
  // Where it is the same for all, it explains nothing.
  const differs = new Set(scored.filter((text) => text !== undefined)).size > 1;
  const apart = incomparable(runs);
  const someApart = apart.some((why) => why !== undefined);
  return [
    [
      'run',
      'recipe',
      'data',
      'steps',
      'seconds',
      'ended',
      ...(differs ? ['scored on'] : []),
      ...(someApart ? ['scores left out'] : []),
      ...values.map(({ name }) => name),
    ],
    ...runs.map(({ name, config, steps, seconds, report }, i) => [
      name,
      config.recipe,
      config.data,
      String(steps),
      seconds.toFixed(0),
      report?.ended ?? '-',
      ...(differs ? [scored[i] ?? '-'] : []),
      ...(someApart ? [apartText(apart[i])] : []),
      ...values.map(({ cells }) => cellText(cells[i])),
    ]),
  ];
}

/** Why scores of a run are left out. */
export function apartText(why: Incomparable | undefined): string {
  return why === undefined ? '-' : `other ${why.what} (${why.got})`;
}

/** `4.31`, or `4.31 (best 3.9 at 3500)` where the best was not the last. */
function cellText(cell: ComparedValue['cells'][number]): string {
  if (cell === undefined) return '-';
  const { last, best } = cell;
  if (best === undefined || best.value === last) return figure(last);
  return `${figure(last)} (best ${figure(best.value)} at ${best.index})`;
}

/** Rows as a table of Markdown. */
export function markdown(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  const [head = [], ...rest] = rows;
  return [line(head), `|${'---|'.repeat(head.length)}\n`, ...rest.map(line)].join('');
}

/** One plot for each value, one line in it for each run. */
export function comparisonPlots(
  runs: readonly ComparedRun[],
  values: readonly ComparedValue[],
): { readonly title: string; readonly lines: readonly Line[] }[] {
  return values.map(({ name, score, cells }) => ({
    title: name,
    lines: runs.flatMap(({ name: run, curves }, i) => {
      const points = curves.get(score ? `evaluation/${name}` : name);
      return points === undefined || cells[i] === undefined ? [] : [{ name: run, points }];
    }),
  }));
}

/** A page of its own with table and plots. */
export function comparisonPage(
  rows: readonly (readonly string[])[],
  plots: ReturnType<typeof comparisonPlots>,
): string {
  const [head = [], ...rest] = rows;
  const line = (tag: string) => (cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${inHtml(cell)}</${tag}>`).join('')}</tr>`;
  return [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Runs compared</title>',
    '<style>body{font:14px sans-serif;margin:24px}table{border-collapse:collapse}td,th{padding:4px 10px;text-align:left;border-bottom:1px solid #ddd}svg{width:640px;max-width:100%}</style>',
    `<h1>Runs compared</h1><table>${line('th')(head)}${rest.map(line('td')).join('')}</table>`,
    ...plots
      .filter(({ lines }) => lines.length > 0)
      .map(({ title, lines }) => linePlot(lines, { title, x: 'step', y: title })),
    '</html>\n',
  ].join('\n');
}

function figure(value: number): string {
  return Number(value.toPrecision(4)).toString();
}

function inHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
