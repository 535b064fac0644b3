import { byId, h, say } from './dom.js';
import { duration, number, perSecond, share, whole, words } from './format.js';
import { placeOf } from './phases.js';

const mostValues = 4;

/** Values that say most about a run, the first ones first. */
const telling = [
  'return',
  'length',
  'wasserstein',
  'loss',
  'realAccuracy',
  'fakeAccuracy',
  'epsilon',
  'tdError',
];

/**
 * The summary of a run: steps, rate, time left, and last values.
 * @param {import('./run.js').Run} run
 */
export function drawFigures(run) {
  const { done, state } = run;
  const { steps } = run.summary;
  const part = state === 'finished' ? 1 : steps ? Math.min(1, done / steps) : 0;
  const left = steps && run.rate > 0 ? (steps - done) / run.rate : undefined;
  const report = run.detail?.report;
  const tiles = [
    ['Steps', whole(done), planned(run)],
    ...phaseOf(run),
    ['Rate', perSecond(run.rate), run.going ? 'lately' : 'over all'],
    run.going
      ? ['Time left', duration(state === 'paused' ? undefined : left), state === 'paused' ? 'paused' : '']
      : ['Took', duration(report?.totalSeconds ?? run.time), ''],
    ...valuesOf(run),
  ];
  const element = byId('figures');
  while (element.children.length > tiles.length) element.lastElementChild?.remove();
  for (const [i, tile] of tiles.entries()) {
    const card =
      element.children[i] ??
      element.appendChild(h('div', { class: 'card figure' }, h('span'), h('b'), h('small')));
    for (const [j, text] of tile.entries()) {
      const cell = card.children[j];
      if (cell) say(cell, text ?? '');
    }
  }
  const bar = byId('progress');
  bar.dataset.state = state;
  const inner = /** @type {HTMLElement} */ (bar.firstElementChild);
  inner.style.width = `${100 * part}%`;
}

/** @param {import('./run.js').Run} run */
function phaseOf(run) {
  const place = placeOf(run);
  if (!place) return [];
  const { name, step, steps, number, of } = place;
  const reached = `step ${whole(step)}${steps === null ? '' : ` of ${whole(steps)}`}`;
  return [[`Phase ${number + 1} of ${of}`, name, reached]];
}

/** @param {import('./run.js').Run} run */
function planned({ done, state, summary: { steps } }) {
  if (!steps) return '';
  // An agent may be done with its episodes before that.
  if (state === 'finished' && done < steps) return `of at most ${whole(steps)}`;
  return `of ${whole(steps)}, ${share(done / steps)}`;
}

/** @param {import('./run.js').Run} run */
function valuesOf(run) {
  const players = placeOf(run)?.players;
  const moving = [...run.latest].filter(([player]) => players?.includes(player) ?? true);
  const all = moving.flatMap(([player, values]) =>
    Object.entries(values).map(([name, value]) => ({ player, name, value })),
  );
  const place = (/** @type {string} */ name) =>
    telling.includes(name) ? telling.indexOf(name) : telling.length;
  return all
    .filter(({ name, player }) => name !== 'seconds' && player !== 'evaluation')
    .sort((a, b) => place(a.name) - place(b.name))
    .slice(0, mostValues)
    .map(({ player, name, value }) => [words(name), number(value), player]);
}
