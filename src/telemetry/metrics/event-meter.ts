import type { StepEvent } from '../../streams/index.ts';
import { catalogueByTheme, type MetricName } from './catalogue.ts';
import type { Metric } from './metric.ts';
import type { MetricRegistry } from './registry.ts';
import type { Buckets, Cell, Labels } from './series.ts';

/** Gathers one value of the events of one player. */
interface ValueMeter {
  take(value: number): void;
  /** Shows what was gathered since the last time. */
  show(): void;
  /** Shows no value, until one is gathered again. */
  hide(): void;
}

/** Shows the mean of what it took. */
class Mean implements ValueMeter {
  readonly #cell: Cell;
  #sum = 0;
  #count = 0;

  constructor(cell: Cell) {
    this.#cell = cell;
  }

  take(value: number): void {
    this.#sum += value;
    this.#count++;
  }

  show(): void {
    if (this.#count === 0) return;
    this.#cell.value = this.#sum / this.#count;
    this.#sum = 0;
    this.#count = 0;
  }

  hide(): void {
    this.#cell.value = undefined;
    this.#sum = 0;
    this.#count = 0;
  }
}

/** The return of an episode, which has ended: its mean, its bounds, and one episode more. */
class Return extends Mean {
  readonly #registry: MetricRegistry;
  readonly #episodes: Cell | undefined;
  #min = Infinity;
  #max = -Infinity;

  constructor(registry: MetricRegistry, counts: boolean) {
    super(registry.cell('weir_rl_episode_return_mean'));
    this.#registry = registry;
    this.#episodes = counts ? registry.cell('weir_rl_episodes_total') : undefined;
  }

  override take(value: number): void {
    super.take(value);
    if (this.#episodes !== undefined) this.#episodes.value!++;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  override show(): void {
    super.show();
    this.#registry.set('weir_rl_episode_return_min', this.#min);
    this.#registry.set('weir_rl_episode_return_max', this.#max);
    this.#min = Infinity;
    this.#max = -Infinity;
  }
}

/** The length of an episode, in steps of the environment. */
class Length implements ValueMeter {
  readonly #buckets: Buckets;
  readonly #steps: Cell | undefined;

  constructor(registry: MetricRegistry, counts: boolean) {
    this.#buckets = registry.buckets('weir_rl_episode_length_steps');
    this.#steps = counts ? registry.cell('weir_rl_environment_steps_total') : undefined;
  }

  take(value: number): void {
    this.#buckets.observe(value);
    if (this.#steps !== undefined) this.#steps.value! += value;
  }

  show(): void {}

  hide(): void {}
}

/** What of episodes is taken from events, and not told otherwise. */
export interface TakenFromEvents {
  /** Whether steps of the environment and episodes are counted by the events. */
  readonly counts: boolean;
  /** Whether the return and the length of an event are those of an episode. */
  readonly episodes: boolean;
}

/** What is metered elsewhere. */
const unmetered: ValueMeter = { take() {}, show() {}, hide() {} };

/** The episodes of an agent, each by itself. */
export class EpisodeMeter implements Pick<ValueMeter, 'show'> {
  readonly #return: Return;
  readonly #length: Length;

  /** @param counts whether steps of the environment and episodes are counted by them */
  constructor(registry: MetricRegistry, counts: boolean) {
    this.#return = new Return(registry, counts);
    this.#length = new Length(registry, counts);
  }

  take(episode: { readonly return: number; readonly length: number }): void {
    this.#return.take(episode.return);
    this.#length.take(episode.length);
  }

  show(): void {
    this.#return.show();
  }
}

/**
 * What becomes of the events of one player: counted at once, everything else gathered until `show`.
 */
export class EventMeter {
  readonly #registry: MetricRegistry;
  readonly #player: string;
  readonly #from: TakenFromEvents;
  readonly #steps: Cell;
  readonly #seconds: Buckets;
  readonly #nonFinite: Cell;
  /**
   * In the order in which the events have their values, so that the next is mostly the one that is
   * wanted.
   */
  readonly #names: string[] = [];
  readonly #meters: ValueMeter[] = [];

  constructor(registry: MetricRegistry, player: string, from: Partial<TakenFromEvents> = {}) {
    this.#registry = registry;
    this.#from = { counts: true, episodes: true, ...from };
    this.#player = player;
    this.#steps = registry.cell('weir_steps_total', { player });
    this.#seconds = registry.buckets('weir_step_duration_seconds', { player });
    this.#nonFinite = registry.cell('weir_nonfinite_values_total', { player });
  }

  take({ seconds, values }: StepEvent): void {
    this.#steps.value!++;
    this.#seconds.observe(seconds);
    let at = 0;
    for (const name in values) {
      const value = values[name]!;
      if (this.#names[at] !== name) at = this.#find(name);
      if (value - value === 0) this.#meters[at]!.take(value);
      else this.#nonFinite.value!++;
      at++;
    }
  }

  /** Counts steps without metrics, each with their mean duration. */
  count(steps: number, seconds: number): void {
    this.#steps.value! += steps;
    this.#seconds.observe(seconds / steps, steps);
  }

  show(): void {
    for (const meter of this.#meters) meter.show();
  }

  /** Shows no values, until there are new ones: the player does not move for a while. */
  hide(): void {
    for (const meter of this.#meters) meter.hide();
  }

  #find(name: string): number {
    const at = this.#names.indexOf(name);
    if (at !== -1) return at;
    this.#meters.push(meterOf(this.#registry, name, this.#player, this.#from));
    return this.#names.push(name) - 1;
  }
}

/** Which metric shows a value of events. */
const shownBy = new Map(
  Object.entries(catalogueByTheme)
    .filter(([theme]) => theme !== 'Evaluation')
    .flatMap(([, metrics]) => valuesOf(metrics)),
);

/** Which metric shows a value of an evaluation: those of step events are used for the rest. */
const scoredBy = new Map([...shownBy, ...valuesOf(catalogueByTheme.Evaluation)]);

type Shown = readonly [value: string, { name: MetricName; metric: Metric; labels: Labels }];

function valuesOf(metrics: Readonly<Record<string, Metric>>): Shown[] {
  return Object.entries(metrics).flatMap(([name, metric]) =>
    Object.entries(metric.values ?? {}).map(
      ([value, labels]): Shown => [value, { name: name as MetricName, metric, labels }],
    ),
  );
}

function meterOf(
  registry: MetricRegistry,
  value: string,
  player: string,
  { counts, episodes }: TakenFromEvents,
): ValueMeter {
  if (value === 'return') return episodes ? new Return(registry, counts) : unmetered;
  if (value === 'length') return episodes ? new Length(registry, counts) : unmetered;
  const shown = shownBy.get(value);
  if (shown === undefined) return new Mean(registry.cell('weir_step_value', { player, value }));
  const { name, metric, labels } = shown;
  return new Mean(registry.cell(name, 'player' in metric.labels ? { ...labels, player } : labels));
}

/** Shows the scores of an evaluation: by metrics of their own, or by that of all others. */
export function showScores(registry: MetricRegistry, values: Readonly<Record<string, number>>): void {
  for (const [value, number] of Object.entries(values)) {
    const shown = scoredBy.get(value);
    if (shown === undefined || 'player' in shown.metric.labels)
      registry.set('weir_evaluation_value', number, { value });
    else registry.set(shown.name, number, shown.labels);
  }
}
