import { fetchRun, fetchSeries } from './api.js';
import { Points } from './points.js';

/** @typedef {import('./api.js').Stage} Stage */

/** States of a run that is not at its end. */
const going = new Set(['starting', 'running', 'paused']);

const mostNotices = 1000;
const mostRecent = 1000;

/** A run as the page knows it. */
export class Run {
  /** @param {import('./api.js').Summary} summary */
  constructor(summary) {
    this.summary = summary;
    /** @type {import('./api.js').Detail | null} */
    this.detail = null;
    /** @type {Map<string, Points>} */
    this.curves = new Map();
    /** @type {Map<string, Points> | null} the stretch that is looked at closely */
    this.closeUp = null;
    /** @type {import('./api.js').Players} */
    this.players = {};
    /** @type {Stage[]} */
    this.lately = [];
    /** @type {Map<string, Record<string, number>>} */
    this.latest = new Map();
    this.last = -1;
    this.time = 0;
    /** @type {import('./api.js').Turn[]} what was told lately, in that order */
    this.recent = [];
    this.loaded = false;
  }

  get id() {
    return this.summary.id;
  }

  get going() {
    return going.has(this.summary.state);
  }

  /** Turns a second, lately. */
  get rate() {
    const pump = this.lately.find(({ kind }) => kind === 'source');
    if (this.going && pump && pump.rate > 0) return pump.rate;
    const { report } = this.detail ?? {};
    if (!this.going && report?.stepsPerSecond) return report.stepsPerSecond;
    const seconds = Object.values(this.players).reduce((sum, player) => sum + player.seconds, 0);
    return seconds > 0 ? this.logged / seconds : 0;
  }

  /** Turns that the log has. */
  get logged() {
    return Object.values(this.players).reduce((sum, player) => sum + player.turns, 0);
  }

  /** Reads all that there is of it. */
  async load() {
    if (!this.loaded) this.recent = [];
    const [detail, series] = await Promise.all([fetchRun(this.id), fetchSeries(this.id)]);
    this.learn(detail);
    this.curves = curvesOf(series);
    const { evaluation: _, ...players } = series.players;
    this.players = players;
    this.last = series.last;
    this.time = Math.max(0, ...[...this.curves.values()].map(({ time }) => time.at(-1) ?? 0));
    for (const [key, { mean }] of this.curves) this.note(key, mean.at(-1));
    this.loaded = true;
    // What was told while it was read may be missing in it.
    this.take(this.recent);
  }

  /** Reads what is beside its curves. */
  async refresh() {
    this.learn(await fetchRun(this.id));
  }

  /** @param {import('./api.js').Detail} detail */
  learn(detail) {
    this.detail = detail;
    this.summary = detail;
  }

  /**
   * Looks closely at a stretch of turns, or at all of it again.
   * @param {{ from: number, to: number } | null} range
   */
  async zoom(range) {
    this.closeUp = range === null ? null : curvesOf(await fetchSeries(this.id, range));
  }

  /** @param {import('./api.js').Turn[]} turns as they are told */
  hear(turns) {
    this.recent = [...this.recent, ...turns].slice(-mostRecent);
    this.take(turns);
  }

  /**
   * Takes turns in; those that it has are left out.
   * @param {import('./api.js').Turn[]} turns
   */
  take(turns) {
    for (const turn of turns) {
      const { index, player, seconds } = turn;
      if (index <= this.last) continue;
      this.time += (index - this.last) * seconds;
      this.last = index;
      const totals = this.players[player] ?? { turns: 0, seconds: 0 };
      this.players[player] = totals;
      totals.turns++;
      totals.seconds += seconds;
      for (const [name, value] of Object.entries(turn)) {
        if (name === 'index' || typeof value !== 'number') continue;
        const key = `${player}/${name}`;
        const points = this.curves.get(key) ?? new Points();
        this.curves.set(key, points);
        points.add(index, this.time, value);
        this.note(key, value);
      }
    }
    this.summary.turns = Math.max(this.summary.turns, this.last + 1);
  }

  /**
   * Takes in what has happened beside the turns.
   * @param {import('./api.js').Notice} notice
   * @returns {boolean} whether it was not known before
   */
  happened({ run: _, ...notice }) {
    const told = (/** @type {import('./api.js').Notice} */ { kind, index, from, rule, action }) =>
      [kind, index, from, rule, action].join();
    // A page that has just been opened is told again what it has read.
    if (this.detail?.notices.some((known) => told(known) === told(notice))) return false;
    this.detail?.notices.push({ at: new Date().toISOString(), ...notice });
    if ((this.detail?.notices.length ?? 0) > mostNotices) this.detail?.notices.shift();
    if (notice.kind === 'ended') this.summary.state = notice.ended;
    if (notice.kind === 'rollback') this.goBack(notice.index);
    if (notice.kind !== 'evaluation') return true;
    for (const [name, value] of Object.entries(notice.values ?? {})) {
      const key = `evaluation/${name}`;
      const points = this.curves.get(key) ?? new Points();
      this.curves.set(key, points);
      points.add(notice.index - 1, this.time, Number(value));
    }
    return true;
  }

  /**
   * The run goes on from an earlier turn. What it had learnt since is no longer in its log.
   * @param {number} index of the next turn
   */
  goBack(index) {
    this.last = index - 1;
    this.summary.turns = index;
  }

  /** Reads it again after its log was cut, and keeps of what was told the turns since they went back. */
  async reload() {
    const cut = this.recent.findLastIndex(({ index }, i) => index < (this.recent[i - 1]?.index ?? -1));
    this.recent = cut < 0 ? [] : this.recent.slice(cut);
    await this.load();
  }

  /** @param {import('./api.js').Status} status */
  present({ state, turns, stages }) {
    this.summary.state = state;
    this.summary.turns = Math.max(this.summary.turns, turns);
    this.lately = stages;
  }

  /** Its stages: lately where it goes on, over all of its time where it has ended. */
  get stages() {
    return this.going && this.lately.length > 0 ? this.lately : this.stagesOverAll();
  }

  /** @returns {Stage[]} */
  stagesOverAll() {
    const notices = this.detail?.notices ?? [];
    // A thinned log has only some of the turns; the others are taken to be like them.
    const thinned = this.logged > 0 ? Math.max(1, this.summary.turns / this.logged) : 1;
    const learning = thinned * Object.values(this.players).reduce((sum, { seconds }) => sum + seconds, 0);
    const stopped = notices.reduce((sum, { seconds = 0 }) => sum + seconds, 0);
    const elapsed = this.detail?.report?.totalSeconds ?? learning + stopped;
    const stage = (
      /** @type {string} */ name,
      /** @type {string} */ kind,
      /** @type {number} */ items,
      /** @type {number | null} */ seconds,
    ) => ({
      ...{ name, kind, items },
      rate: elapsed > 0 ? items / elapsed : 0,
      busy: seconds === null || elapsed <= 0 ? null : Math.min(1, seconds / elapsed),
    });
    const barrier = (/** @type {string} */ name, /** @type {string} */ kind) => {
      const some = notices.filter((notice) => notice.kind === kind);
      const seconds = some.reduce((sum, notice) => sum + (notice.seconds ?? 0), 0);
      return some.length > 0 ? [stage(name, 'barrier', some.length, seconds)] : [];
    };
    const { turns } = this.summary;
    return [
      stage('pump', 'source', turns, null),
      stage('schedule', 'schedule', turns, null),
      ...Object.entries(this.players).map(([name, { turns, seconds }]) =>
        stage(name, 'learn', Math.round(thinned * turns), thinned * seconds),
      ),
      ...barrier('checkpoint', 'checkpoint'),
      ...barrier('evaluate', 'evaluation'),
      stage('log', 'side', turns, null),
    ];
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
