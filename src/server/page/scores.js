import { runColour } from './colours.js';
import { h } from './dom.js';
import { number, whole, words } from './format.js';

/** @typedef {import('./run.js').Run} Run */

/** Scores that are better when they are lower. */
const lower = new Set(['fid', 'kid', 'slicedWasserstein', 'reverseKl', 'msSsim', 'deviation']);

/** Counts that are not scores. */
const counts = new Set(['centres', 'samples']);

/**
 * The scores of a run over time: of its evaluations, and of its end.
 * @param {Run} run
 * @returns {Map<string, { index: number, value: number }[]>}
 */
function scoresOf(run) {
  const scores = new Map();
  const add = (/** @type {string} */ name, /** @type {number} */ index, /** @type {unknown} */ value) => {
    if (typeof value !== 'number' || counts.has(name)) return;
    const list = scores.get(name) ?? [];
    scores.set(name, list);
    if (list.at(-1)?.index === index) list.pop();
    list.push({ index, value });
  };
  for (const { kind, index, values } of run.detail?.events ?? [])
    if (kind === 'evaluation')
      for (const [name, value] of Object.entries(values ?? {})) add(name, index, value);
  for (const [name, value] of Object.entries(run.detail?.report?.quality ?? {}))
    add(name, run.detail?.report?.steps, value);
  return scores;
}

/**
 * A table of scores: the last, the best, and how it went.
 * @param {HTMLElement} element
 * @param {readonly Run[]} runs
 * @param {readonly Run[]} all
 */
export function drawScores(element, runs, all) {
  const rows = runs.flatMap((run) =>
    [...scoresOf(run)].map(([name, list]) =>
      row(run, name, list, runs.length > 1 ? runColour(all.indexOf(run)) : undefined),
    ),
  );
  element.hidden = rows.length === 0;
  const head = ['Score', ...(runs.length > 1 ? ['Run'] : []), 'Last', 'Best', ''].map((title) =>
    h('th', { scope: 'col' }, title),
  );
  const table = h(
    'table',
    { class: 'scores' },
    h('thead', {}, h('tr', {}, ...head)),
    h('tbody', {}, ...rows),
  );
  element.replaceChildren(h('h2', {}, 'Evaluation'), h('div', { class: 'scroll' }, table));
}

/**
 * @param {Run} run
 * @param {string} name
 * @param {{ index: number, value: number }[]} list
 * @param {string | undefined} colour
 */
function row(run, name, list, colour) {
  const sign = lower.has(name) ? -1 : 1;
  const best = list.reduce((a, b) => (sign * b.value > sign * a.value ? b : a));
  const cells = [h('th', { scope: 'row' }, words(name))];
  if (colour) cells.push(h('td', {}, run.summary.name));
  cells.push(h('td', {}, number(list.at(-1)?.value)));
  cells.push(h('td', {}, list.length > 1 ? `${number(best.value)} at ${whole(best.index)}` : ''));
  const spark = h('td');
  if (list.length > 2) spark.append(sparkline(list, colour));
  return h('tr', {}, ...cells, spark);
}

/** @param {{ index: number, value: number }[]} list @param {string} [colour] */
function sparkline(list, colour = 'currentColor') {
  const values = list.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (/** @type {number} */ i) => 1 + (98 * i) / (list.length - 1);
  const y = (/** @type {number} */ value) => 22 - (20 * (value - low)) / (high - low || 1);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
  svg.setAttribute('viewBox', '0 0 100 24');
  svg.setAttribute('class', 'spark');
  line.setAttribute('points', values.map((value, i) => `${x(i)},${y(value)}`).join(' '));
  line.setAttribute('stroke', colour);
  svg.append(line);
  return svg;
}
