import type { LogEvery } from '../../recipes/index.ts';
import type { StepEvent } from '../../streams/index.ts';
import { hasMetrics } from '../events/has-metrics.ts';

/** Steps of which each has a line where nothing else is asked for. */
const inFull = 30_000;

/**
 * Whether a step has a line in the log, a pure function of the steps so far. Steps are divided into
 * stretches of equal length; of each player the first step in a stretch that has values has a line.
 * `auto` makes stretches of one step up to step 30,000, and twice as long each time that the number
 * of steps has doubled: two players have at most 30,000 lines for each doubling, so that a log of
 * 100 million steps has less than 400,000.
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

  /** Takes the steps in order. */
  due(event: StepEvent): boolean {
    return hasMetrics(event) && this.note(event);
  }

  /**
   * Notes that a step has a line. @returns whether it is the first one of its player in the stretch
   */
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

/**
 * 1 below 30,000, 2 below 60,000, 4 below 120,000, ...: each a divisor of the steps at which the
 * next one begins.
 */
function automatic(index: number): number {
  return index < inFull ? 1 : 2 ** (Math.floor(Math.log2(index / inFull)) + 1);
}
