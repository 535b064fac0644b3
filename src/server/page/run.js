import { fetchRun, fetchSeries } from './api.js';
import { Points } from './points.js';
import { Reading } from './reading.js';
import { stagesOverAll } from './stages.js';

/** @typedef {import('./api.js').Stage} Stage */
/** @typedef {import('./api.js').Event} Event */

/** States of a run that is not at its end. */
const going = new Set(['starting', 'running', 'paused']);

const mostEvents = 1000;
/** Steps that are kept while the curves are read; where more come, they are read again. */
const mostHeld = 20_000;
/** Steps that were left out are in the log a while later. */
const mendMs = 3000;
/** Events of so long are read for together. */
const refreshMs = 300;

/**
 * A run as the page knows it: what was read of it, and the events behind that. A reading has the
 * number up to which events are part of it, and an event has its own, so that none counts twice and
 * none is lost, in whatever order they come.
 */
export class Run {
  /**
   * @param {import('./api.js').Summary} summary
   * @param {import('./events.js').Events} events
   * @param {() => void} changed called when it has read something of itself
   * @param {typeof import('./api.js')['fetchRun']} [readDetail]
   * @param {typeof import('./api.js')['fetchSeries']} [readSeries]
   */
  constructor(summary, events, changed = () => {}, readDetail = fetchRun, readSeries = fetchSeries) {
    this.summary = summary;
    this.events = events;
    this.changed = changed;
    this.fetch = { detail: readDetail, series: readSeries };
    /** @type {import('./api.js').Detail | null} */
    this.detail = null;
    /** @type {Map<string, Points>} */
    this.curves = new Map();
    /** @type {Map<string, Points> | null} the stretch that is looked at closely */
    this.closeUp = null;
    /** @type {{ from: number, to: number } | null} */
    this.range = null;
    /** @type {import('./api.js').Players} */
    this.players = {};
    /** @type {Map<string, Record<string, number>>} */
    this.latest = new Map();
    this.last = -1;
    this.time = 0;
    this.loaded = false;
    /** Numbers of the events behind what was read. */
    this.seq = { summary: 0, detail: 0, curves: 0 };
    /**
     * @type {[number, import('./api.js').Step][] | null} steps that are told while the curves are
     * read
     */
    this.heldSteps = null;
    /** @type {[number, Event][] | null} events that are told while the rest is read */
    this.heldEvents = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.mending = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.refreshing = undefined;
    this.reading = {
      detail: new Reading(() => this.readDetail()),
      curves: new Reading(() => this.readCurves()),
    };
  }

  get id() {
    return this.summary.id;
  }

  /** How it is doing by the stream; undefined where that does not say. */
  get status() {
    return this.events.status[this.id];
  }

  get state() {
    return this.status?.state ?? this.summary.state;
  }

  /** Steps done. */
  get done() {
    return this.status?.done ?? Math.max(this.summary.done, this.last + 1);
  }

  get going() {
    return going.has(this.state);
  }

  /** @returns {readonly Stage[]} what its stages do lately; empty where the stream does not say */
  get lately() {
    return this.status?.stages ?? [];
  }

  /** Recent steps per second. */
  get rate() {
    const pump = this.lately.find(({ kind }) => kind === 'source');
    if (this.going && pump && pump.rate > 0) return pump.rate;
    const { report } = this.detail ?? {};
    if (!this.going && report?.stepsPerSecond) return report.stepsPerSecond;
    const seconds = Object.values(this.players).reduce((sum, player) => sum + player.seconds, 0);
    return seconds > 0 ? this.logged / seconds : 0;
  }

  /** Steps that the log has. */
  get logged() {
    return Object.values(this.players).reduce((sum, player) => sum + player.steps, 0);
  }

  /** Reads all that there is of it. */
  async load() {
    await Promise.all([this.reading.detail.ask(), this.reading.curves.ask()]);
    this.loaded = true;
  }

  async readDetail() {
    this.heldEvents = [];
    clearTimeout(this.refreshing);
    this.refreshing = undefined;
    try {
      const { position, ...detail } = await this.fetch.detail(this.id);
      if (!this.events.fits(position)) return false;
      this.events.heed(position);
      this.detail = detail;
      this.summarise(detail, position.seq);
      this.seq.detail = position.seq;
      for (const [number, event] of this.heldEvents) this.keep(number, event);
    } finally {
      this.heldEvents = null;
    }
    this.changed();
    return true;
  }

  async readCurves() {
    this.heldSteps = [];
    clearTimeout(this.mending);
    this.mending = undefined;
    try {
      const range = this.range;
      const series = await this.fetch.series(this.id);
      const closeUp = range === null ? null : curvesOf(await this.fetch.series(this.id, range));
      if (!this.events.fits(series.position)) return false;
      this.events.heed(series.position);
      this.curves = curvesOf(series);
      if (range === this.range) this.closeUp = closeUp;
      this.players = series.players;
      this.last = series.last;
      this.time = Math.max(0, ...[...this.curves.values()].map(({ time }) => time.at(-1) ?? 0));
      this.latest.clear();
      for (const [key, { mean }] of this.curves) this.note(key, mean.at(-1));
      this.seq.curves = series.position.seq;
      for (const step of series.steps) this.take(step);
      for (const [number, step] of this.heldSteps) if (number >= this.seq.curves) this.take(step);
      if (series.missing) this.mend();
    } finally {
      this.heldSteps = null;
    }
    this.changed();
    return true;
  }

  /** @param {import('./api.js').Summary} summary @param {number} seq */
  summarise(summary, seq) {
    if (seq < this.seq.summary) return;
    this.seq.summary = seq;
    this.summary = summary;
  }

  /** Reads the curves again in a while, since steps are missing in them. */
  mend() {
    if (!this.loaded && this.heldSteps === null) return;
    this.mending ??= setTimeout(() => this.again(this.reading.curves), mendMs);
  }

  /** Reads again; what goes wrong shows when it is read the next time. @param {Reading} reading */
  again(reading) {
    reading.ask().catch(() => {});
  }

  /**
   * Zooms to a range of steps, or out to all of them.
   * @param {{ from: number, to: number } | null} range
   */
  async zoom(range) {
    this.range = range;
    const closeUp = range === null ? null : curvesOf(await this.fetch.series(this.id, range));
    // Another stretch may have been asked for meanwhile.
    if (this.range === range) this.closeUp = closeUp;
  }

  /**
   * Takes an event in, unless it is part of what was read.
   * @param {number} number of the event
   * @param {import('./api.js').Happening} event
   */
  hear(number, { step, event, missed, again }) {
    if (!this.loaded && this.heldSteps === null && this.heldEvents === null) return;
    if (step) this.hearStep(number, step);
    if (event) this.hearEvent(number, event);
    if (missed && number >= this.seq.curves) this.mend();
    if (again) this.again(this.reading.detail);
    if (again && number >= this.seq.curves) this.again(this.reading.curves);
  }

  /** @param {number} number @param {import('./api.js').Step} step */
  hearStep(number, step) {
    if (number >= this.seq.curves) this.take(step);
    this.heldSteps?.push([number, step]);
    if ((this.heldSteps?.length ?? 0) <= mostHeld) return;
    this.heldSteps = [];
    this.again(this.reading.curves);
  }

  /** @param {number} number @param {Event} event */
  hearEvent(number, event) {
    this.heldEvents?.push([number, event]);
    if (this.detail) this.keep(number, event);
    if (event.kind === 'ended') this.summary.state = event.ended;
    this.refreshing ??= setTimeout(() => this.again(this.reading.detail), refreshMs);
    if (number < this.seq.curves) return;
    // Its log was cut.
    if (event.kind === 'rollback' || event.kind === 'started') this.again(this.reading.curves);
    if (event.kind === 'evaluation') this.score(event);
  }

  /** @param {number} number @param {Event} event */
  keep(number, event) {
    const events = this.detail?.events ?? [];
    // What was read from a file may reach further than its position.
    const text = JSON.stringify(event);
    if (number < this.seq.detail || events.some((known) => JSON.stringify(known) === text)) return;
    events.push(event);
    if (events.length > mostEvents) events.shift();
  }

  /** @param {Event} event of an evaluation */
  score({ index, values }) {
    for (const [name, value] of Object.entries(values ?? {})) {
      const points = this.pointsOf(`evaluation/${name}`);
      if ((points.index.at(-1) ?? -1) < index - 1) points.add(index - 1, this.time, Number(value));
    }
  }

  /**
   * Takes a step in; one that it has is left out.
   * @param {import('./api.js').Step} step
   */
  take(step) {
    const { index, player, seconds } = step;
    if (index <= this.last) return;
    this.time += (index - this.last) * seconds;
    this.last = index;
    const totals = this.players[player] ?? { steps: 0, seconds: 0 };
    this.players[player] = totals;
    totals.steps++;
    totals.seconds += seconds;
    for (const [name, value] of Object.entries(step)) {
      if (name === 'index' || typeof value !== 'number') continue;
      const key = `${player}/${name}`;
      this.pointsOf(key).add(index, this.time, value);
      this.note(key, value);
    }
  }

  /** @param {string} key */
  pointsOf(key) {
    const points = this.curves.get(key) ?? new Points();
    this.curves.set(key, points);
    return points;
  }

  /** Its stages: lately where it goes on, over all of its time where it has ended. */
  get stages() {
    return this.going && this.lately.length > 0 ? this.lately : stagesOverAll(this);
  }

  /** @param {string} key @param {number | undefined} value */
  note(key, value) {
    if (value === undefined) return;
    const [player = '', name = ''] = key.split('/');
    const values = this.latest.get(player) ?? {};
    values[name] = value;
    this.latest.set(player, values);
  }
}

/**
 * @param {import('./api.js').Series} series
 * @returns {Map<string, Points>}
 */
function curvesOf({ series }) {
  return new Map(Object.entries(series).map(([key, columns]) => [key, new Points(columns)]));
}
