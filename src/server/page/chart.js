import uPlot from '/uPlot.esm.js';
import { styleColour, translucent } from './colours.js';
import { h, say } from './dom.js';
import { duration, number, ticks } from './format.js';
import { paintPhases } from './phases.js';
import { smoothed, withoutOutliers } from './points.js';

/**
 * A line; one that is exact has no noise, or few points as a score has: it is never smoothed.
 * @typedef {{ name: string, colour: string, dash: number[], exact: boolean, points:
 * import('./points.js').Points }} Line
 */
/**
 * @typedef {{ smooth: number, log: boolean, axis: 'step' | 'time', outliers: boolean }} Settings
 */

const height = 210;
const sync = uPlot.sync('curves');

/** A chart of some lines, each with the band in which its values lie. */
export class Chart {
  /**
   * @param {string} title
   * @param {{ zoom(from: number, to: number): void, unzoom(): void }} listener called with the
   * range to zoom to
   */
  constructor(title, listener) {
    this.listener = listener;
    this.legend = h('div', { class: 'legend' });
    this.plot = h('div', { class: 'plot' });
    this.element = h(
      'figure',
      { class: 'chart' },
      h('figcaption', {}, h('b', {}, title), this.legend),
      this.plot,
    );
    this.visible = false;
    /** @type {(() => void) | null} what is to be drawn when the chart comes into sight */
    this.owed = null;
    /** @type {uPlot | null} */
    this.drawn = null;
    this.shape = '';
    new ResizeObserver(() => this.drawn?.setSize({ width: this.plot.clientWidth, height })).observe(
      this.plot,
    );
    new IntersectionObserver(([entry]) => {
      this.visible = entry?.isIntersecting ?? true;
      if (this.visible) this.owed?.();
    }).observe(this.element);
  }

  /**
   * Draws lines; not before the chart is in sight.
   * @param {readonly Line[]} lines
   * @param {Settings} settings
   * @param {readonly import('./phases.js').Stretch[]} [phases] of the run that is looked at
   */
  draw(lines, settings, phases = []) {
    this.phases = phases;
    this.owed = () => {
      this.owed = null;
      this.drawNow(lines, settings);
    };
    if (this.visible) this.owed();
  }

  /** @param {readonly Line[]} lines @param {Settings} settings */
  drawNow(lines, settings) {
    this.lines = lines;
    const data = tableOf(lines, settings);
    this.range = rangeOf(lines, settings);
    const positive = lines.every(({ points }) => points.min.every((value) => value > 0));
    const shape = JSON.stringify([
      lines.map(({ name, colour, dash }) => [name, colour, dash]),
      ...[settings.log, settings.axis, settings.smooth > 0, positive, styleColour('--line')],
    ]);
    if (this.drawn !== null && shape === this.shape) {
      this.drawn.setData(data);
    } else {
      this.drawn?.destroy();
      this.shape = shape;
      this.drawn = new uPlot(this.options(lines, settings, positive), data, this.plot);
    }
    this.tell(null);
  }

  /**
   * @param {readonly Line[]} lines
   * @param {Settings} settings
   * @param {boolean} positive
   * @returns {uPlot.Options}
   */
  options(lines, { log, axis, smooth }, positive) {
    const grid = { stroke: styleColour('--line'), width: 1 };
    const common = {
      stroke: styleColour('--quiet'),
      font: '11px system-ui, sans-serif',
      grid,
      ticks: { show: false },
    };
    const along = (/** @type {number[]} */ values) =>
      axis === 'time' ? values.map(duration) : ticks(values);
    return {
      width: this.plot.clientWidth || 400,
      height,
      legend: { show: false },
      // Half of the last label stands beyond the plot.
      padding: [8, axis === 'time' ? 36 : 28, 0, 0],
      cursor: {
        y: false,
        sync: { key: sync.key },
        drag: { x: true, y: false, setScale: false },
        points: { size: 6 },
      },
      scales: {
        x: { time: false },
        y: {
          distr: log ? (positive ? 3 : 4) : 1,
          asinh: 0.1,
          range: (_, low, high) => this.limits(low, high, log),
        },
      },
      axes: [
        { ...common, values: (_, values) => along(values), size: 26, space: axis === 'time' ? 90 : 60 },
        {
          ...common,
          values: (_, values) => values.map((value) => (value === null ? '' : number(value))),
          size: 58,
          space: 34,
        },
      ],
      series: [{}, ...lines.flatMap((line) => seriesOf(line, smooth))],
      bands: lines.map((_, i) => ({
        series: [4 * i + 1, 4 * i + 2],
        fill: translucent(lines[i]?.colour ?? '', 0.13),
      })),
      hooks: {
        drawClear: [(plot) => paintPhases(plot, this.phases ?? [], (step) => this.along(step, axis))],
        setCursor: [(plot) => this.tell(plot.cursor.idx ?? null)],
        setSelect: [(plot) => this.select(plot)],
      },
    };
  }

  /**
   * Where a step is on the axis.
   * @param {number} step
   * @param {Settings['axis']} axis
   */
  along(step, axis) {
    if (axis === 'step') return step;
    const { index, time } = this.lines?.[0]?.points ?? { index: [], time: [] };
    return time[index.findIndex((other) => other >= step)] ?? time.at(-1) ?? 0;
  }

  /**
   * @param {number} low
   * @param {number} high
   * @param {boolean} log
   * @returns {[number, number]}
   */
  limits(low, high, log) {
    const [bottom, top] = this.range ?? [low, high];
    if (log)
      return bottom > 0
        ? [bottom / 1.2, top * 1.2]
        : /** @type {[number, number]} */ (uPlot.rangeAsinh(bottom, top, 10, true));
    const room = (top - bottom || Math.abs(top) || 1) * 0.06;
    return [bottom - room, top + room];
  }

  /** @param {uPlot} plot */
  select(plot) {
    const { left, width } = plot.select;
    if (width < 8) return;
    this.listener.zoom(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  }

  /**
   * Says the values under the cursor, or the last ones.
   * @param {number | null} at
   */
  tell(at) {
    const { drawn, lines = [] } = this;
    if (drawn === null) return;
    while (this.legend.children.length > lines.length) this.legend.lastElementChild?.remove();
    for (const [i, { name, colour, dash }] of lines.entries()) {
      const item =
        this.legend.children[i] ?? this.legend.appendChild(h('span', {}, h('i'), h('span'), h('output')));
      const [swatch, label, value] = /** @type {HTMLElement[]} */ ([...item.children]);
      if (!swatch || !label || !value) continue;
      swatch.style.borderTop = `3px ${dash.length > 0 ? 'dashed' : 'solid'} ${colour}`;
      say(label, name);
      say(value, number(valueNear(drawn.data[4 * i + 4] ?? [], at)));
    }
  }
}

/**
 * The value at a place, or the nearest before it; the last where there is no place.
 * @param {ArrayLike<number | null | undefined>} values
 * @param {number | null} at
 */
function valueNear(values, at) {
  for (let i = at ?? values.length - 1; i >= 0; i--) {
    const value = values[i];
    if (value !== null && value !== undefined) return value;
  }
  return undefined;
}

/**
 * Four series a line: the edges of its band, the values as they are, and smoothed.
 * @param {Line} line
 * @param {number} smooth
 * @returns {uPlot.Series[]}
 */
function seriesOf({ colour, dash, exact }, smooth) {
  const quiet = { points: { show: false }, spanGaps: true };
  const edge = { ...quiet, stroke: 'transparent', width: 0, auto: false };
  const raw = { ...quiet, stroke: translucent(colour, 0.22), width: 1, dash };
  return [
    edge,
    edge,
    { ...raw, show: smooth > 0 && !exact },
    {
      ...quiet,
      stroke: colour,
      width: 2,
      dash,
      points: { show: (plot, at) => (plot.data[at]?.length ?? 0) < 12 },
    },
  ];
}

/**
 * The lines in one table, whatever their x.
 * @param {readonly Line[]} lines
 * @param {Settings} settings
 */
function tableOf(lines, { smooth, axis }) {
  if (lines.length === 0) return /** @type {uPlot.AlignedData} */ ([[]]);
  return uPlot.join(
    lines.map(({ points, exact }) => {
      const x = axis === 'time' ? points.time : points.index;
      const line = smooth > 0 && !exact ? smoothed(points.mean, smooth) : points.mean;
      return /** @type {uPlot.AlignedData} */ ([x, points.max, points.min, points.mean, line]);
    }),
  );
}

/**
 * The values that must be seen.
 * @param {readonly Line[]} lines
 * @param {Settings} settings
 * @returns {[number, number]}
 */
function rangeOf(lines, { outliers }) {
  const ranges = lines.map(({ points }) => {
    if (outliers) return withoutOutliers(points.mean);
    return [
      points.min.reduce((a, b) => Math.min(a, b), Infinity),
      points.max.reduce((a, b) => Math.max(a, b), -Infinity),
    ];
  });
  const low = Math.min(...ranges.map(([bottom]) => /** @type {number} */ (bottom)));
  const high = Math.max(...ranges.map(([, top]) => /** @type {number} */ (top)));
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : [0, 1];
}
