import { h } from './dom.js';
import { bytes, clock, duration, number, whole, words } from './format.js';

/** @typedef {import('./api.js').Event} Event */

const newest = 60;

/**
 * The text of an event, in a few words.
 * @param {Event} event
 * @returns {[string, string]} a heading and the rest
 */
export function textOf(event) {
  switch (event.kind) {
    case 'started':
      return [event.index > 0 ? 'Resumed' : 'Started', `for ${whole(event.steps)} steps`];
    case 'checkpoint':
      return ['Checkpoint', `${bytes(event.bytes ?? 0)} in ${duration(event.seconds)}`];
    case 'checkpoint-failed':
      return ['No checkpoint', String(event.message)];
    case 'write-failed':
      return ['Not written', `${event.file}: ${event.message}; its lines are kept`];
    case 'write-recovered':
      return ['Written again', `${event.file}, ${event.lost ? whole(event.lost) : 'no'} lines lost`];
    case 'samples':
      return ['Samples drawn', ''];
    case 'evaluation':
      return ['Evaluation', scores(event.values ?? {})];
    case 'alert':
      return [words(String(event.rule)), String(event.message)];
    case 'phase':
      return ['Phase', `${event.name}, ${event.number + 1} of ${event.of}`];
    case 'first-step':
      return ['First step', `of ${event.player}: ${duration(event.seconds)}, compiling included`];
    case 'asked':
      return ['Asked', `to ${event.action}`];
    case 'rate':
      return ['Learning rates', `× ${number(event.factor)}`];
    case 'rollback':
      return [
        'Rolled back',
        `from step ${whole(event.from)}, learning rates × ${number(event.factor)}: ${event.reason}`,
      ];
    case 'fault':
      return ['Fault', `${event.message} (${event.code})`];
    case 'output-lost':
      return ['Output lost', `${event.stream} cannot be written (${event.code})`];
    case 'ended':
      return [words(String(event.ended)), event.error ? `${event.error.message} (${event.error.code})` : ''];
    default:
      return [words(event.kind), String(event.message ?? '')];
  }
}

/** @param {Record<string, number>} values */
function scores(values) {
  return Object.entries(values)
    .map(([name, value]) => `${words(name)} ${number(value)}`)
    .join(', ');
}

/** @param {Event} event */
function weightOf(event) {
  if (event.kind === 'alert') return String(event.severity);
  if (['checkpoint-failed', 'write-failed', 'rollback', 'fault'].includes(event.kind)) return 'warning';
  return event.kind === 'ended' && event.ended === 'failed' ? 'critical' : 'plain';
}

/**
 * What has happened beside the steps, the newest first; pictures have their own place.
 * @param {HTMLElement} element
 * @param {import('./run.js').Run} run
 */
export function drawHappened(element, run) {
  const events = (run.detail?.events ?? []).filter(({ kind }) => kind !== 'samples');
  const items = events
    .slice(-newest)
    .reverse()
    .map((event) => {
      const [heading, rest] = textOf(event);
      const when = h('time', {}, event.at ? clock(event.at) : '');
      const step = h('span', { class: 'at' }, `step ${whole(event.index)}`);
      return h('li', { class: weightOf(event) }, h('b', {}, heading), ' ', rest, h('div', {}, step, when));
    });
  const list =
    items.length > 0 ? h('ol', { class: 'happened' }, ...items) : h('p', { class: 'empty' }, 'Nothing yet.');
  element.replaceChildren(h('h2', {}, 'What happened'), list);
}

/**
 * The alerts that have not been dismissed, above everything else.
 * @param {HTMLElement} element
 * @param {import('./run.js').Run} run
 * @param {Set<string>} seen those that were put away
 */
export function drawAlerts(element, run, seen) {
  const { detail } = run;
  const alerts = (detail?.events ?? []).filter(
    (event) => event.kind === 'alert' && event.severity !== 'info',
  );
  const failed = detail?.report?.ended === 'failed' ? [failure(detail.report)] : [];
  const newestOf = new Map([...alerts, ...failed].map((event) => [String(event.rule), event]));
  const shown = [...newestOf.values()].filter((event) => !seen.has(keyOf(run, event)));
  const banners = shown.map((event) => {
    const [heading, rest] = textOf(event);
    const close = h('button', { type: 'button', class: 'plain', 'aria-label': 'Put away' }, '✕');
    const banner = h(
      'p',
      { class: `alert ${event.severity}` },
      h('b', {}, heading),
      ` ${rest} `,
      h('span', {}, `step ${whole(event.index)}`),
      close,
    );
    close.addEventListener('click', () => {
      seen.add(keyOf(run, event));
      banner.remove();
    });
    return banner;
  });
  element.replaceChildren(...banners);
}

/** @param {Record<string, any>} report @returns {Event} */
function failure({ error, steps }) {
  return {
    kind: 'alert',
    rule: 'The run has failed',
    severity: 'critical',
    message: error ? `${error.message} (${error.code})` : '',
    index: steps,
  };
}

/** @param {import('./run.js').Run} run @param {Event} event */
const keyOf = (run, { rule, index }) => `${run.id} ${rule} ${index}`;
