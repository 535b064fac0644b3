/** @typedef {import('./api.js').Position} Position */

/**
 * How far the page has followed the server's stream of events. Every answer of the server has its
 * position in that stream: it contains the events of lower numbers, and the others follow. Where
 * the numbers of a batch do not go on from the last one, something was lost, and everything is read
 * again.
 */
export class Events {
  constructor() {
    this.epoch = '';
    /** The number of the next event. */
    this.at = 0;
    /** Positions before this one are followed by events that are lost. */
    this.base = 0;
    this.version = -1;
    /** @type {Record<string, import('./api.js').Status>} how the runs are doing, by id */
    this.status = {};
  }

  /** Begins at a position. @param {{ epoch: string, seq: number }} position */
  begin({ epoch, seq }) {
    Object.assign(this, { epoch, at: seq, base: seq, version: -1 });
  }

  /**
   * Whether what was read at a position can be followed by the events that the page receives.
   * @param {Position} position
   */
  fits({ epoch, seq }) {
    return epoch === this.epoch && seq >= this.base;
  }

  /**
   * Takes the status in, if it is newer than the one that is known.
   * @param {{ version: number, status?: Record<string, import('./api.js').Status> | undefined }}
   * told
   */
  heed({ version, status }) {
    if (version <= this.version || status === undefined) return;
    this.version = version;
    this.status = status;
  }

  /**
   * Goes on with a batch.
   * @param {import('./api.js').Batch} batch
   * @returns {boolean} false where it does not follow on the events before
   */
  follow({ epoch, from, to, version, status }) {
    const follows = epoch === this.epoch && from === this.at;
    if (follows) this.at = to;
    else this.begin({ epoch, seq: to });
    this.heed({ version, status });
    return follows;
  }
}
