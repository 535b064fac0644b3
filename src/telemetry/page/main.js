import { drawAbout } from './about.js';
import { fetchRuns, listen } from './api.js';
import { Control } from './control.js';
import { Curves } from './curves.js';
import { byId, say } from './dom.js';
import { drawFigures } from './figures.js';
import { drawAlerts, drawHappened } from './happened.js';
import { drawPicker } from './picker.js';
import { Run } from './run.js';
import { Samples } from './samples.js';
import { drawScores } from './scores.js';
import { bindSettings, storedSettings } from './settings.js';
import { drawStages, Stream } from './stream.js';

const settings = storedSettings();
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
let control = false;
/** @type {{ from: number, to: number } | null} */
let range = null;

const curves = new Curves(byId('curves'), { zoom: zoomed, unzoom: () => lookAt(null) });
const samples = new Samples(byId('samples'));
const stream = new Stream(byId('stream'));
const controls = new Control(byId('control'));

/** The runs that are shown, the one that is looked at first. */
function shown() {
  const others = [...over].flatMap((id) => runs.get(id) ?? []).filter((run) => run !== main && run.loaded);
  return main ? [main, ...others] : [];
}

/** Draws what changes with every turn. */
function drawTurns() {
  if (!main) return;
  curves.draw(shown(), [...runs.values()], settings);
  drawFigures(main);
  stream.draw(main.stages, main.summary.state);
  drawStages(byId('stages'), main.stages);
  const { name, recipe, state } = main.summary;
  say(byId('name'), name);
  say(byId('state'), state);
  byId('state').dataset.state = state;
  document.title = `${name} · ${recipe || 'Weir'}`;
  controls.draw(control && main.id === live, state);
}

/** Draws what changes when something happens. */
function drawAll() {
  if (!main) return;
  drawTurns();
  const all = [...runs.values()];
  samples.draw(shown());
  drawScores(byId('scores'), shown(), all);
  drawHappened(byId('happened'), main);
  drawAlerts(byId('alerts'), main, putAway);
  drawAbout(byId('about'), main);
  drawPicker(byId('runs'), all, { main, shown: over }, { look, lay });
  document.body.classList.toggle('several', all.length > 1);
}

/** @param {Run} run */
async function look(run) {
  main = run;
  over.delete(run.id);
  range = null;
  history.replaceState(null, '', `?run=${run.id}`);
  await loaded(run);
  lookAt(null);
}

/** @param {Run} run @param {boolean} yes */
async function lay(run, yes) {
  if (yes) over.add(run.id);
  else over.delete(run.id);
  if (yes) await loaded(run);
  if (yes && range !== null) await run.zoom(range);
  drawAll();
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
  const turn = (/** @type {number} */ time) =>
    points.index[points.time.findLastIndex((other) => other <= time)] ?? 0;
  lookAt({ from: turn(from), to: Math.max(turn(to), turn(from) + 1) });
}

/** @param {{ from: number, to: number } | null} stretch */
async function lookAt(stretch) {
  range = stretch;
  byId('unzoom').hidden = range === null;
  await Promise.all(shown().map((run) => run.zoom(range)));
  drawAll();
}

/** Finds runs that are new, and what has become of the others. */
async function find() {
  const found = await fetchRuns();
  ({ live, control } = found);
  for (const id of runs.keys()) if (!found.runs.some((run) => run.id === id)) runs.delete(id);
  for (const summary of found.runs) {
    const run = runs.get(summary.id);
    if (!run) runs.set(summary.id, new Run(summary));
    else if (!run.loaded || run.going) Object.assign(run.summary, summary);
  }
}

/** The run that the address names, or the one that goes on, or the newest. */
function first() {
  const all = [...runs.values()];
  const named = runs.get(new URLSearchParams(location.search).get('run') ?? '');
  return named ?? runs.get(live ?? '') ?? all.find((run) => run.going) ?? all.at(-1);
}

let refreshing = false;

/**
 * Reads again what has changed beside the turns, once for all that has happened meanwhile.
 * @param {boolean} more whether there may be other runs than before
 */
async function refresh(more) {
  if (refreshing && !more) return;
  refreshing = true;
  await new Promise((resolve) => setTimeout(resolve, 300));
  refreshing = false;
  // The list of runs is work for the server, and the run that serves it has other work to do.
  if (more) await find();
  await Promise.all(shown().map((run) => run.refresh()));
  drawAll();
}

/** @param {import('./api.js').Batch} batch */
function heard({ turns, notices, status }) {
  for (const [id, list] of Object.entries(turns)) {
    const run = runs.get(id);
    if (run?.loaded) run.hear(list);
  }
  for (const [id, present] of Object.entries(status)) runs.get(id)?.present(present);
  /** @type {Set<Run>} */
  const cut = new Set();
  for (const notice of notices) {
    const run = runs.get(notice.run ?? '');
    if (!run) continue;
    const news = run.happened(notice);
    // A run that was resumed or rolled back has cut its log. Of the latter the page may have read before it is told.
    if (notice.kind === 'rollback' || (news && notice.kind === 'started' && notice.index <= run.last))
      cut.add(run);
  }
  for (const run of cut) if (run.loaded) report(run.reload().then(drawAll));
  const unknown = Object.keys(status).some((id) => !runs.has(id));
  if (notices.length > 0 || unknown) report(refresh(unknown));
  if (notices.length > 0) drawAll();
  else drawTurns();
}

/** Reads everything anew. */
async function begin() {
  await find();
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
await report(begin());
listen({ batch: heard, anew: () => report(begin()), connected });
