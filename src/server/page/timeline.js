import { h } from './dom.js';
import { bytes, clock, duration, number, whole, words } from './format.js';

/** @typedef {import('./api.js').Notice} Notice */

const newest = 60;

/**
 * What a notice says, in a few words.
 * @param {Notice} notice
 * @returns {[string, string]} a heading and the rest
 */
export function told(notice) {
  switch (notice.kind) {
    case 'started':
      return [notice.index > 0 ? 'Resumed' : 'Started', `for ${whole(notice.steps)} turns`];
    case 'checkpoint':
      return ['Checkpoint', `${bytes(notice.bytes ?? 0)} in ${duration(notice.seconds)}`];
    case 'checkpoint-failed':
      return ['No checkpoint', String(notice.message)];
    case 'write-failed':
      return ['Not written', `${notice.file}: ${notice.message}; its lines are kept`];
    case 'write-recovered':
      return ['Written again', `${notice.file}, ${notice.lost ? whole(notice.lost) : 'no'} lines lost`];
    case 'samples':
      return ['Samples drawn', ''];
    case 'evaluation':
      return ['Evaluation', scores(notice.values ?? {})];
    case 'alert':
      return [words(String(notice.rule)), String(notice.message)];
    case 'asked':
      return ['Asked', `to ${notice.action}`];
    case 'rate':
      return ['Learning rates', `× ${number(notice.factor)}`];
    case 'rollback':
      return [
        'Rolled back',
        `from turn ${whole(notice.from)}, learning rates × ${number(notice.factor)}: ${notice.reason}`,
      ];
    case 'fault':
      return ['Fault', `${notice.message} (${notice.code})`];
    case 'output-lost':
      return ['Output lost', `${notice.stream} cannot be written (${notice.code})`];
    case 'ended':
      return [
        words(String(notice.ended)),
        notice.error ? `${notice.error.message} (${notice.error.code})` : '',
      ];
    default:
      return [words(notice.kind), String(notice.message ?? '')];
  }
}

/** @param {Record<string, number>} values */
function scores(values) {
  return Object.entries(values)
    .map(([name, value]) => `${words(name)} ${number(value)}`)
    .join(', ');
}

/** @param {Notice} notice */
function weightOf(notice) {
  if (notice.kind === 'alert') return String(notice.severity);
  if (['checkpoint-failed', 'write-failed', 'rollback', 'fault'].includes(notice.kind)) return 'warning';
  return notice.kind === 'ended' && notice.ended === 'failed' ? 'critical' : 'plain';
}

/**
 * What has happened beside the turns, the newest first; pictures have their own place.
 * @param {HTMLElement} element
 * @param {import('./run.js').Run} run
 */
export function drawHappened(element, run) {
  const notices = (run.detail?.notices ?? []).filter(({ kind }) => kind !== 'samples');
  const items = notices
    .slice(-newest)
    .reverse()
    .map((notice) => {
      const [heading, rest] = told(notice);
      const when = h('time', {}, notice.at ? clock(notice.at) : '');
      const turn = h('span', { class: 'at' }, `turn ${whole(notice.index)}`);
      return h('li', { class: weightOf(notice) }, h('b', {}, heading), ' ', rest, h('div', {}, turn, when));
    });
  const list =
    items.length > 0 ? h('ol', { class: 'happened' }, ...items) : h('p', { class: 'empty' }, 'Nothing yet.');
  element.replaceChildren(h('h2', {}, 'What happened'), list);
}

/**
 * The alerts that nobody has put away, above everything else.
 * @param {HTMLElement} element
 * @param {import('./run.js').Run} run
 * @param {Set<string>} seen those that were put away
 */
export function drawAlerts(element, run, seen) {
  const { detail } = run;
  const alerts = (detail?.notices ?? []).filter(
    (notice) => notice.kind === 'alert' && notice.severity !== 'info',
  );
  const failed = detail?.report?.ended === 'failed' ? [failure(detail.report)] : [];
  const newestOf = new Map([...alerts, ...failed].map((notice) => [String(notice.rule), notice]));
  const shown = [...newestOf.values()].filter((notice) => !seen.has(keyOf(run, notice)));
  const banners = shown.map((notice) => {
    const [heading, rest] = told(notice);
    const close = h('button', { type: 'button', class: 'plain', 'aria-label': 'Put away' }, '✕');
    const banner = h(
      'p',
      { class: `alert ${notice.severity}` },
      h('b', {}, heading),
      ` ${rest} `,
      h('span', {}, `turn ${whole(notice.index)}`),
      close,
    );
    close.addEventListener('click', () => {
      seen.add(keyOf(run, notice));
      banner.remove();
    });
    return banner;
  });
  element.replaceChildren(...banners);
}

/** @param {Record<string, any>} report @returns {Notice} */
function failure({ error, steps }) {
  return {
    kind: 'alert',
    rule: 'The run has failed',
    severity: 'critical',
    message: error ? `${error.message} (${error.code})` : '',
    index: steps,
  };
}

/** @param {import('./run.js').Run} run @param {Notice} notice */
const keyOf = (run, { rule, index }) => `${run.id} ${rule} ${index}`;
