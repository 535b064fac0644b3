import { monotonicSeconds, wallTime } from '../base/index.ts';
import {
  eventsShown,
  type LoggedRunEvent,
  type RunEvent,
  type RunObserver,
  type RunState,
} from '../runs/index.ts';
import type { StepEvent } from '../streams/index.ts';
import { cutsLog, type Feed } from './feed.ts';
import type { RunStatus } from './run-status.ts';
import { type Counted, type Stage, StageMeter } from './stage-meter.ts';

/** What the page shows of a run beside what happens to it. */
export interface LiveOptions {
  /** Whether the run is paused at present. */
  readonly paused?: () => boolean;
  /** Names of what else watches the run. */
  readonly sides?: readonly string[];
  /**
   * Seconds that the stage `pump` or `schedule` has worked so far; undefined where they are not
   * measured.
   */
  readonly busy?: (stage: string) => number | undefined;
}

interface Totals {
  items: number;
  seconds: number;
}

/**
 * The run of this very process: an observer that passes on what happens and knows how it is doing.
 */
export class LiveRun implements RunObserver {
  readonly name = 'the live page';
  readonly id: string;
  readonly #feed: Feed;
  readonly #options: LiveOptions;
  readonly #players = new Map<string, Totals>();
  readonly #barriers = new Map<string, Totals>();
  readonly #meter = new StageMeter();
  /** Who moved last, and what that player has done. */
  #player = '';
  #totals: Totals = { items: 0, seconds: 0 };
  #state: RunState = 'starting';
  #started = 0;
  #steps = 0;
  readonly #since = wallTime();
  #events: LoggedRunEvent[] = [];
  #cuts = 0;

  constructor(id: string, feed: Feed, options: LiveOptions = {}) {
    this.id = id;
    this.#feed = feed;
    this.#options = options;
  }

  /** Whether it has begun and has not ended. */
  get ready(): boolean {
    return this.#state === 'running';
  }

  /** How often its log was cut: what was read of it before counts no more. */
  get cuts(): number {
    return this.#cuts;
  }

  /**
   * Begins to count at a step, as the event `started` does; a run that gives none begins with its
   * first event.
   */
  begin(index: number): void {
    this.#state = 'running';
    this.#steps = this.#started = index;
  }

  /**
   * The events of the run: those in its file that are older than this process, and all of this
   * process.
   * @param kept those in its file
   */
  events(kept: readonly LoggedRunEvent[]): LoggedRunEvent[] {
    const before = kept.filter(({ at }) => at < this.#since);
    return [...before, ...this.#events].slice(-eventsShown);
  }

  onStep(event: StepEvent): void {
    this.onBatched(1, event.seconds, event);
    this.#feed.step(this.id, event);
  }

  onBatched(steps: number, seconds: number, { player, index }: StepEvent): void {
    if (this.#state === 'starting') this.begin(index + 1 - steps);
    if (player !== this.#player) {
      this.#player = player;
      this.#totals = totalsOf(this.#players, player);
    }
    this.#totals.items += steps;
    this.#totals.seconds += seconds;
    this.#steps = index + 1;
  }

  onEvent(event: RunEvent): void {
    if (event.kind === 'started') this.begin(event.index);
    if (cutsLog(event)) this.#cuts++;
    if (event.kind === 'rollback') {
      // What stages have counted only grows: steps that are learnt twice have passed twice.
      this.#steps = event.index;
      this.#started -= event.from - event.index;
    }
    if (event.kind === 'ended') this.#state = event.ended;
    if (event.kind === 'checkpoint') count(this.#barriers, 'checkpoint', event.seconds);
    if (event.kind === 'evaluation') count(this.#barriers, 'evaluate', event.seconds);
    const kept = { at: wallTime(), ...event };
    this.#events = [...this.#events, kept].slice(-eventsShown);
    this.#feed.event(this.id, kept);
  }

  status(): RunStatus {
    return {
      state: this.#state === 'running' && this.#options.paused?.() ? 'paused' : this.#state,
      done: this.#steps,
      stages: this.#meter.read(monotonicSeconds(), this.#counted()),
    };
  }

  /** The stages in the order in which an item passes them. */
  #counted(): Counted[] {
    const items = this.#steps - this.#started;
    const { sides = [], busy } = this.#options;
    const passed = (name: string, kind: Stage['kind']): Counted => ({
      name,
      kind,
      items,
      seconds: (kind === 'side' ? undefined : busy?.(name)) ?? null,
    });
    const worked = (kind: Stage['kind'], totals: ReadonlyMap<string, Totals>) =>
      [...totals].map(([name, { items, seconds }]): Counted => ({ name, kind, items, seconds }));
    return [
      passed('pump', 'source'),
      // A single player, such as an agent, needs no schedule.
      ...(this.#players.size > 1 ? [passed('schedule', 'schedule')] : []),
      ...worked('learn', this.#players),
      ...worked('barrier', this.#barriers),
      ...sides.map((name) => passed(name, 'side')),
    ];
  }
}

function totalsOf(all: Map<string, Totals>, name: string): Totals {
  const totals = all.get(name) ?? { items: 0, seconds: 0 };
  all.set(name, totals);
  return totals;
}

function count(all: Map<string, Totals>, name: string, seconds: number): void {
  const totals = totalsOf(all, name);
  totals.items++;
  totals.seconds += seconds;
}
