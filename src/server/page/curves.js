import { Chart } from './chart.js';
import { dash, playerColour, runColour } from './colours.js';
import { h } from './dom.js';
import { words } from './format.js';
import { phasesOf } from './phases.js';

/** @typedef {import('./run.js').Run} Run */

/**
 * What is looked at first comes first; the rest follows by name, and how long steps take comes
 * last.
 */
const order = [
  ...[
    'return',
    'length',
    'loss',
    'wasserstein',
    'realProbability',
    'fakeProbability',
    'realAccuracy',
    'fakeAccuracy',
  ],
  ...[
    'realScore',
    'fakeScore',
    'penalty',
    'gradientNorm',
    'epsilon',
    'tdError',
    'qMean',
    'policyLoss',
    'valueLoss',
  ],
];

/** Values without noise: marks of the state, and what follows from the number of the step. */
const exact = new Set(['alpha', 'side', 'stage', 'epsilon', 'replaySize']);

/** @param {string} name */
function place(name) {
  const at = order.indexOf(name);
  return name === 'seconds' ? 1000 : at === -1 ? 500 : at;
}

/** All curves: a chart for each value, with a line for each player and each run that is shown. */
export class Curves {
  /**
   * @param {HTMLElement} element
   * @param {import('./painter.js').Painter} painter
   * @param {ConstructorParameters<typeof Chart>[1]} listener
   */
  constructor(element, painter, listener) {
    this.element = element;
    this.painter = painter;
    this.listener = listener;
    /** @type {Map<string, Chart>} */
    this.charts = new Map();
    element.addEventListener('dblclick', () => listener.unzoom());
  }

  /**
   * @param {readonly Run[]} runs
   * @param {readonly Run[]} all runs, whose places give the colours
   * @param {import('./chart.js').Settings} settings
   */
  draw(runs, all, settings) {
    const keys = [...new Set(runs.flatMap(({ curves }) => [...curves.keys()]))];
    const players = [...new Set(keys.map(playerOf))];
    const names = [...new Set(keys.map(nameOf))].sort((a, b) => place(a) - place(b) || a.localeCompare(b));
    for (const name of this.charts.keys()) if (!names.includes(name)) this.remove(name);
    if (names.length === 0)
      this.element.replaceChildren(h('p', { class: 'empty' }, 'No step has been logged yet.'));
    else this.element.querySelector('.empty')?.remove();
    for (const [i, name] of names.entries()) {
      const chart = this.chart(name);
      if (this.element.children[i] !== chart.element)
        this.element.insertBefore(chart.element, this.element.children[i] ?? null);
      const lines = () =>
        runs.flatMap((run) =>
          linesOf(run, name, { players, several: runs.length > 1, position: all.indexOf(run) }),
        );
      this.painter.ask(`chart ${name}`, () =>
        chart.draw(lines(), settings, runs[0] ? phasesOf(runs[0]) : []),
      );
    }
  }

  /** @param {string} name */
  chart(name) {
    let chart = this.charts.get(name);
    if (!chart) {
      chart = new Chart(name === 'seconds' ? 'Seconds a step' : words(name), this.listener);
      this.charts.set(name, chart);
    }
    return chart;
  }

  /** @param {string} name */
  remove(name) {
    this.charts.get(name)?.element.remove();
    this.charts.delete(name);
  }
}

/**
 * The lines of a value in one run. Colours tell runs apart where there are several, else players.
 * @param {Run} run
 * @param {string} name
 * @param {{ players: string[], several: boolean, position: number }} among
 */
function linesOf(run, name, { players, several, position }) {
  const curves = run.closeUp ?? run.curves;
  return [...curves]
    .filter(([key]) => nameOf(key) === name)
    .map(([key, points]) => {
      const player = playerOf(key);
      const at = players.indexOf(player);
      const drawn = { points, exact: player === 'evaluation' || exact.has(name) };
      return several
        ? { ...drawn, name: `${run.summary.name} ${player}`, colour: runColour(position), dash: dash(at) }
        : { ...drawn, name: player, colour: playerColour(player, at), dash: [] };
    });
}

/** @param {string} key */
const playerOf = (key) => /** @type {string} */ (key.split('/')[0]);

/** @param {string} key */
const nameOf = (key) => key.slice(key.indexOf('/') + 1);
