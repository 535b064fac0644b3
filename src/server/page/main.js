import { drawAbout } from './about.js';
import { fetchRuns, listen } from './api.js';
import { Control } from './control.js';
import { Curves } from './curves.js';
import { byId, say } from './dom.js';
import { Events } from './events.js';
import { drawFigures } from './figures.js';
import { Painter } from './painter.js';
import { drawPicker } from './picker.js';
import { Reading } from './reading.js';
import { Run } from './run.js';
import { Samples } from './samples.js';
import { drawScores } from './scores.js';
import { bindSettings, storedSettings } from './settings.js';
import { drawStages, Stream } from './stream.js';
import { drawAlerts, drawHappened } from './timeline.js';

const settings = storedSettings();
const events = new Events();
const painter = new Painter();
/** @type {Map<string, Run>} in the order of the list */
const runs = new Map();
/** @type {Set<string>} the runs that are laid over the one that is looked at */
const over = new Set();
/** @type {Set<string>} alerts that were put away */
const putAway = new Set();
/** @type {Run | undefined} */
let main;
/** @type {string | null} */
let live = null;
/** @type {string | null} the run that was written to last */
let newest = null;
let control = false;
/** @type {{ from: number, to: number } | null} */
let range = null;

const curves = new Curves(byId('curves'), painter, { zoom: zoomed, unzoom: () => lookAt(null) });
const samples = new Samples(byId('samples'));
const stream = new Stream(byId('stream'));
const controls = new Control(byId('control'));

/** The runs that are shown, the one that is looked at first. */
function shown() {
  const others = [...over].flatMap((id) => runs.get(id) ?? []).filter((run) => run !== main && run.loaded);
  return main ? [main, ...others] : [];
}

/** What changes with every step. */
function drawSteps() {
  if (!main) return;
  painter.ask('curves', () => curves.draw(shown(), [...runs.values()], settings));
  painter.ask('steps', () => {
    if (!main) return;
    const { state } = main;
    const { name, recipe } = main.summary;
    drawFigures(main);
    stream.draw(main.stages, state);
    drawStages(byId('stages'), main.stages);
    say(byId('name'), name);
    say(byId('state'), state);
    byId('state').dataset.state = state;
    document.title = `${name} · ${recipe || 'Weir'}`;
    controls.draw(control && main.id === live, state);
  });
}

/** Everything, once a frame at the most. */
function drawAll() {
  if (!main) return;
  drawSteps();
  painter.ask('samples', () => samples.draw(shown()));
  painter.ask('scores', () => drawScores(byId('scores'), shown(), [...runs.values()]));
  painter.ask('rest', () => {
    if (!main) return;
    const all = [...runs.values()];
    drawHappened(byId('happened'), main);
    drawAlerts(byId('alerts'), main, putAway);
    drawAbout(byId('about'), main);
    drawPicker(byId('runs'), all, { main, shown: over }, { look, lay });
    document.body.classList.toggle('several', all.length > 1);
  });
}

/** @param {Run} run */
async function look(run) {
  main = run;
  over.delete(run.id);
  range = null;
  remember();
  await loaded(run);
  await lookAt(null);
}

/** @param {Run} run @param {boolean} yes */
async function lay(run, yes) {
  if (yes) over.add(run.id);
  else over.delete(run.id);
  remember();
  if (yes) await loaded(run);
  if (yes && range !== null) await run.zoom(range);
  drawAll();
}

/** The address names the runs, so that it can be shared. */
function remember() {
  const others = over.size > 0 ? `&over=${[...over].join(',')}` : '';
  history.replaceState(null, '', `?run=${main?.id}${others}`);
}

/** @param {Run} run */
async function loaded(run) {
  if (!run.loaded) await run.load();
}

/** @param {number} from @param {number} to on the present axis */
function zoomed(from, to) {
  if (settings.axis === 'step') return lookAt({ from: Math.max(0, Math.floor(from)), to: Math.ceil(to) });
  const points = [...(main?.curves.values() ?? [])][0];
  if (!points) return;
  const step = (/** @type {number} */ time) =>
    points.index[points.time.findLastIndex((other) => other <= time)] ?? 0;
  lookAt({ from: step(from), to: Math.max(step(to), step(from) + 1) });
}

/** @param {{ from: number, to: number } | null} stretch */
async function lookAt(stretch) {
  range = stretch;
  byId('unzoom').hidden = range === null;
  await Promise.all(shown().map((run) => run.zoom(range)));
  drawAll();
}

/**
 * Finds runs that are new, and what has become of the others. The list is work for the server,
 * which has a run to serve.
 */
const list = new Reading(async () => {
  const found = await fetchRuns();
  const { position } = found;
  if (events.epoch === '') events.begin(position);
  if (!events.fits(position)) return false;
  events.heed(position);
  ({ live, newest, control } = found);
  for (const id of runs.keys()) if (!found.runs.some((run) => run.id === id)) runs.delete(id);
  for (const summary of found.runs) {
    const run = runs.get(summary.id);
    if (!run) runs.set(summary.id, new Run(summary, events, drawAll));
    else run.summarise(summary, position.seq);
  }
  return true;
});

/** The run that the address names, or the one that goes on, or the newest. */
function first() {
  const all = [...runs.values()];
  const asked = new URLSearchParams(location.search);
  for (const id of asked.get('over')?.split(',') ?? []) if (runs.has(id)) over.add(id);
  const named = runs.get(asked.get('run') ?? '');
  const run = named ?? runs.get(live ?? '') ?? all.find((run) => run.going) ?? runs.get(newest ?? '');
  over.delete(run?.id ?? '');
  return run;
}

/** @param {import('./api.js').Batch} batch */
function onBatch(batch) {
  // Something was lost on the way, or this is another server.
  if (!events.follow(batch)) return void report(begin());
  let other = Object.keys(events.status).some((id) => !runs.has(id));
  for (const [i, event] of batch.events.entries()) {
    const run = runs.get(event.run);
    run?.hear(batch.from + i, event);
    other ||= !run?.loaded && (event.again || event.event?.kind === 'ended');
  }
  if (other) report(main ? list.ask().then(drawAll) : begin());
  if (batch.events.some(({ event }) => event)) drawAll();
  else drawSteps();
}

/** Reads everything again. */
async function begin() {
  await list.ask();
  await open();
}

/** Reads what is shown. */
async function open() {
  main ??= first();
  if (!main) {
    say(byId('name'), 'No runs yet');
    return;
  }
  for (const run of runs.values()) run.loaded = false;
  await Promise.all([main, ...[...over].flatMap((id) => runs.get(id) ?? [])].map((run) => run.load()));
  drawAll();
}

/** @param {boolean} yes */
function connected(yes) {
  const ended = main !== undefined && !main.going;
  const gone = ended
    ? `The run has ended, and its server with it. To see it again: weir serve ${main?.detail?.path}`
    : 'The server does not answer. What you see is what was known last.';
  say(byId('link'), yes ? '' : gone);
}

/** @param {Promise<unknown> | unknown} work */
async function report(work) {
  try {
    await work;
  } catch (error) {
    say(byId('link'), error instanceof TypeError ? '' : String(error));
  }
}

bindSettings(settings, drawAll);
byId('unzoom').addEventListener('click', () => report(lookAt(null)));
await report(list.ask());
// From where the list was read, so that nothing is missed of what happens while the rest is read.
const reading = open();
listen({ epoch: events.epoch, seq: events.at }, { batch: onBatch, connected });
await report(reading);
