import { styleColour } from './colours.js';

/**
 * A stretch of a run, from its first step up to the one before the next stretch.
 * @typedef {{ name: string, from: number, to: number }} Stretch
 */
/**
 * Where a run stands: the step within the phase, how many it has (null where it lasts as long as
 * the run), and which one it is.
 * @typedef {{ name: string, step: number, steps: number | null, number: number, of: number,
 *   players: readonly string[] | null }} Place
 */

/** @param {import('./run.js').Run} run */
const told = (run) => (run.detail?.events ?? []).filter(({ kind }) => kind === 'phase');

/**
 * The phases that a run has been in, in order; a resume within a phase does not begin another.
 * @param {import('./run.js').Run} run
 * @returns {Stretch[]}
 */
export function phasesOf(run) {
  /** @type {Stretch[]} */
  const phases = [];
  for (const event of told(run)) {
    const from = event.index - event.step;
    while (phases.length > 0 && /** @type {Stretch} */ (phases.at(-1)).from >= from) phases.pop();
    const last = phases.at(-1);
    if (last) last.to = from;
    phases.push({ name: String(event.name), from, to: Math.max(run.done, event.index) });
  }
  return phases;
}

/**
 * The present phase; undefined where a run has no phases.
 * @param {import('./run.js').Run} run
 * @returns {Place | undefined}
 */
export function placeOf(run) {
  const last = told(run).at(-1);
  if (!last) return undefined;
  const { name, number, of, steps = null, players = null } = last;
  return { name, step: Math.max(0, run.done - (last.index - last.step)), steps, number, of, players };
}

/**
 * Paints the phases behind the curves: every second one shaded, each with its name.
 * @param {import('uplot')} plot
 * @param {readonly Stretch[]} phases
 * @param {(step: number) => number} at where a step is on the axis
 */
export function paintPhases(plot, phases, at) {
  if (phases.length < 2) return;
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = `${10 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textBaseline = 'top';
  ctx.textAlign = 'left';
  ctx.fillStyle = styleColour('--quiet');
  for (const [i, { name, from, to }] of phases.entries()) {
    const left = plot.valToPos(at(from), 'x', true);
    const width = plot.valToPos(at(to), 'x', true) - left;
    if (i % 2 === 1) {
      ctx.globalAlpha = 0.09;
      ctx.fillRect(left, bbox.top, width, bbox.height);
      ctx.globalAlpha = 1;
    }
    const label = 4 * devicePixelRatio;
    if (ctx.measureText(name).width + 2 * label > width) continue;
    ctx.fillText(name, Math.max(left, bbox.left) + label, bbox.top + label);
  }
  ctx.restore();
}
