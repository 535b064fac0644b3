import type { LogEvery } from '../../recipes/index.ts';
import type { StepEvent } from '../../streams/index.ts';
import { hasMetrics } from '../events/has-metrics.ts';

/** Turns of which each has a line where nothing else is asked for. */
const inFull = 30_000;

/**
 * Whether a turn has a line in the log, a pure function of the turns so far. Turns are divided into stretches of equal
 * length; of each player the first turn in a stretch that has values has a line. `auto` makes stretches of one turn up to turn
 * 30,000, and twice as long each time that the number of turns has doubled: two players have at most 30,000 lines for each
 * doubling, so that a log of 100 million turns has less than 400,000.
 */
export class LogRule {
  readonly #every: LogEvery;
  /** Where the present stretch begins and ends, and the players that have a line in it. */
  #begin = 0;
  #end = 0;
  readonly #players = new Set<string>();

  constructor(every: LogEvery) {
    this.#every = every;
  }

  /** Takes the turns in order. */
  due(event: StepEvent): boolean {
    return hasMetrics(event) && this.note(event);
  }

  /** Notes that a turn has a line. @returns whether it is the first one of its player in the stretch */
  note({ index, player }: Pick<StepEvent, 'index' | 'player'>): boolean {
    if (index < this.#begin || index >= this.#end) this.#enter(index);
    if (this.#players.has(player)) return false;
    this.#players.add(player);
    return true;
  }

  #enter(index: number): void {
    const length = this.#every === 'auto' ? automatic(index) : this.#every;
    this.#begin = Math.floor(index / length) * length;
    this.#end = this.#begin + length;
    this.#players.clear();
  }
}

/** 1 below 30,000, 2 below 60,000, 4 below 120,000, ...: each a divisor of the turns at which the next one begins. */
function automatic(index: number): number {
  return index < inFull ? 1 : 2 ** (Math.floor(Math.log2(index / inFull)) + 1);
}
