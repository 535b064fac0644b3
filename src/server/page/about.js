import { h } from './dom.js';
import { clock, duration, number, whole } from './format.js';

const leading = ['recipe', 'data', 'engine', 'seed', 'batch', 'steps', 'checkpointEvery', 'logEvery', 'weir'];

/** @type {Record<string, string>} */
const titles = { checkpointEvery: 'Checkpoint every', logEvery: 'Log every', weir: 'Weir' };

/**
 * What the run is: its configuration, when it began, how and why it ended, and what to type to go
 * on.
 * @param {HTMLElement} element
 * @param {import('./run.js').Run} run
 */
export function drawAbout(element, run) {
  const { config = {}, report, events = [], path = '' } = run.detail ?? {};
  const began = events.find(({ kind }) => kind === 'started');
  const ended = events.findLast(({ kind }) => kind === 'ended');
  const rows = [
    ...leading
      .filter((name) => name in config)
      .map((name) => [titles[name] ?? capital(name), said(config[name])]),
    ...(began?.at ? [['Began', clock(began.at)]] : []),
    ...(ended?.at && !run.going ? [['Ended', clock(ended.at)]] : []),
    ...(report
      ? [
          [
            'Took',
            `${duration(report.totalSeconds)}, ${number(report.steps / report.totalSeconds)} steps a second`,
          ],
        ]
      : []),
    ...endingOf(run),
    ['Directory', path],
  ];
  const options = Object.entries(config.options ?? {}).map(([name, value]) => [name, said(value)]);
  element.replaceChildren(
    h('h2', {}, 'This run'),
    pairs(rows),
    ...(options.length > 0 ? [h('h3', {}, 'Hyper-parameters'), pairs(options, 'options')] : []),
    ...goOn(run),
  );
}

/** @param {import('./run.js').Run} run */
function endingOf(run) {
  const { report } = run.detail ?? {};
  if (run.going) return [];
  if (report?.error) return [['Why it ended', `${report.error.message} (${report.error.code})`]];
  if (report?.ended === 'stopped') return [['Why it ended', 'It was asked to stop.']];
  if (report?.ended === 'finished')
    return [
      ['Why it ended', `All of its ${whole(report.steps)} steps are done.`],
      ...(report.verdict ? [['Verdict', String(report.verdict)]] : []),
    ];
  return [
    ['Why it ended', 'Its process is gone and has left no report: it was killed, or the machine went down.'],
  ];
}

/** @param {import('./run.js').Run} run */
function goOn(run) {
  const { path = '', report } = run.detail ?? {};
  if (run.going) return [];
  // A run that was interrupted behind its last step has its ending to make up for.
  const unfinished =
    report?.ended !== 'finished' || (run.summary.steps !== null && run.done < run.summary.steps);
  const commands = [`weir resume ${path}${unfinished ? '' : ' --steps N'}`];
  return [
    h('h3', {}, unfinished ? 'Go on where it stopped' : 'Go on'),
    ...commands.map((text) => h('code', { class: 'command' }, text)),
  ];
}

/** @param {(string | undefined)[][]} rows @param {string} [kind] */
function pairs(rows, kind = '') {
  return h(
    'dl',
    { class: kind },
    ...rows.map(([name = '', value = '']) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

/** @param {unknown} value */
function said(value) {
  return typeof value === 'number' ? (Number.isInteger(value) ? whole(value) : String(value)) : String(value);
}

/** @param {string} name */
const capital = (name) => name.charAt(0).toUpperCase() + name.slice(1);
