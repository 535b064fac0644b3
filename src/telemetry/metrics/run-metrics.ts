import { wallSeconds } from '../../base/index.ts';
import type { RunEvent, RunObserver } from '../../runs/index.ts';
import { macrotask, type Scheduler, type StepEvent } from '../../streams/index.ts';
import { EpisodeMeter, EventMeter, showScores } from './event-meter.ts';
import type { MetricRegistry } from './registry.ts';

/** What the metrics need to know of a run in addition to its events. All of it is optional. */
export interface RunDescription {
  readonly id?: string;
  readonly kind?: 'gan' | 'rl' | 'other';
  readonly recipe?: string;
  readonly data?: string;
  readonly seed?: number;
  readonly engine?: string;
  /** Of Weir. */
  readonly version?: string;
  /** Who will move, so that their counters begin at 0. */
  readonly players?: readonly string[];
  /** Examples in a batch. */
  readonly batch?: number;
  readonly checkpointEvery?: number;
  /** Whether the run is paused at present. */
  readonly paused?: () => boolean;
  /** What its learning rates are multiplied by at present; undefined where it has none. */
  readonly rateFactor?: () => number | undefined;
  /**
   * What an agent has played: steps of its environments, and episodes that have ended. Where it is
   * left out, they are taken from the events, which have the mean length of the episodes that ended
   * with them.
   */
  readonly played?: () => { readonly steps: number; readonly episodes: number };
  /**
   * Calls `heard` with every episode that ends. Where it is left out, episodes are taken from the
   * events: one each, of their mean return and length.
   */
  readonly onEpisode?: (
    heard: (episode: { readonly return: number; readonly length: number }) => void,
  ) => void;
}

type State = 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

/** How long values are gathered before a gauge shows their mean. */
const windowMs = 1000;

/**
 * Shows a run in a registry. An event costs a few dozen nanoseconds: it is counted and added up in
 * plain numbers, without a look at the clock; once a second, the gauges get the means.
 */
export class RunMetrics implements RunObserver {
  readonly name = 'the metrics';
  readonly #registry: MetricRegistry;
  readonly #run: RunDescription;
  readonly #scheduler: Scheduler;
  readonly #meters = new Map<string, EventMeter>();
  readonly #episodes: EpisodeMeter | undefined;
  readonly #forget: () => void;
  #player: string | undefined;
  #meter: EventMeter | undefined;
  #timer: { unsubscribe(): void } | undefined;
  /** The index of the next step. */
  #index = 0;
  #events = 0;
  #seen = 0;
  /** Whether the gauges have had their first means. */
  #shown = false;
  #ended: State | undefined;
  /** The present phase, and the index of its first step. */
  #phase: { readonly name: string; readonly start: number } | undefined;

  /** @param scheduler when to show; the event loop's timers by default */
  constructor(registry: MetricRegistry, run: RunDescription = {}, scheduler: Scheduler = macrotask) {
    this.#registry = registry;
    this.#run = run;
    this.#scheduler = scheduler;
    if (run.onEpisode !== undefined) {
      const meter = new EpisodeMeter(registry, run.played === undefined);
      this.#episodes = meter;
      run.onEpisode((episode) => meter.take(episode));
    }
    this.#describe();
    this.#forget = registry.onScrape(() => this.#look());
    this.#arm();
  }

  onStep(event: StepEvent): void {
    this.#stepTo(event.player).take(event);
    this.#events++;
    this.#index = event.index + 1;
  }

  onBatched(steps: number, seconds: number, { player, index }: StepEvent): void {
    this.#stepTo(player).count(steps, seconds);
    this.#events += steps;
    this.#index = index + 1;
  }

  onEvent(event: RunEvent): void {
    const registry = this.#registry;
    switch (event.kind) {
      case 'started':
        this.#index = event.index;
        registry.set('weir_run_target_steps', event.steps);
        registry.set('weir_checkpoint_last_step', event.index);
        if (event.index > 0) registry.add('weir_resumes_total');
        break;
      case 'phase':
        this.#enter(event);
        break;
      case 'checkpoint':
        registry.add('weir_checkpoints_total', 1, { result: 'saved' });
        registry.buckets('weir_checkpoint_duration_seconds').observe(event.seconds);
        registry.set('weir_checkpoint_size_bytes', event.bytes);
        registry.set('weir_checkpoint_last_step', event.index);
        registry.set('weir_checkpoint_last_success_timestamp_seconds', wallSeconds());
        break;
      case 'checkpoint-failed':
        registry.add('weir_checkpoints_total', 1, { result: 'failed' });
        break;
      case 'write-failed':
        registry.add('weir_log_failures_total', 1, { file: event.file });
        break;
      case 'write-recovered':
        registry.add('weir_log_lost_lines_total', event.lost, { file: event.file });
        break;
      case 'output-lost':
        registry.add('weir_output_lost_total', 1, { stream: event.stream });
        break;
      case 'evaluation':
        registry.add('weir_evaluations_total');
        registry.set('weir_evaluation_duration_seconds', event.seconds);
        registry.set('weir_evaluation_last_timestamp_seconds', wallSeconds());
        showScores(registry, event.values);
        break;
      case 'fault':
        if (event.code.startsWith('NON_FINITE'))
          registry.add('weir_nonfinite_values_total', 1, { player: event.player ?? 'unknown' });
        break;
      case 'rollback':
        registry.add('weir_rollbacks_total');
        registry.set('weir_checkpoint_last_step', event.index);
        this.#index = event.index;
        break;
      case 'ended':
        this.#ended = event.ended;
        break;
    }
    this.#look();
  }

  /** Shows what was gathered last, and the state in which the run has ended. */
  close(): void {
    this.#ended ??= 'finished';
    this.#timer?.unsubscribe();
    this.#forget();
    this.#show();
    this.#look();
  }

  /** Gauges of players that do not move in this phase show nothing any more. */
  #enter({ name, index, step, steps }: RunEvent & { readonly kind: 'phase' }): void {
    const registry = this.#registry;
    if (this.#phase !== undefined) registry.set('weir_phase', 0, { phase: this.#phase.name });
    this.#phase = { name, start: index - step };
    registry.set('weir_phase', 1, { phase: name });
    registry.cell('weir_phase_steps').value = steps;
    for (const meter of this.#meters.values()) meter.hide();
  }

  /** The meter of a player; mostly it is the one that was wanted last. */
  #stepTo(player: string): EventMeter {
    if (player !== this.#player) {
      this.#player = player;
      this.#meter = this.#meterOf(player);
    }
    return this.#meter!;
  }

  #meterOf(player: string): EventMeter {
    let meter = this.#meters.get(player);
    if (meter === undefined) {
      const { played, onEpisode } = this.#run;
      const from = { counts: played === undefined, episodes: onEpisode === undefined };
      meter = new EventMeter(this.#registry, player, from);
      this.#meters.set(player, meter);
    }
    return meter;
  }

  #describe(): void {
    const {
      id = '',
      kind = 'other',
      recipe = '',
      data = '',
      seed = '',
      engine = '',
      version = '',
    } = this.#run;
    const registry = this.#registry;
    registry.set('weir_build_info', 1, { version, node_version: process.version, engine });
    registry.set('weir_run_info', 1, { run_id: id, kind, recipe, data, seed: String(seed) });
    registry.set('weir_run_start_timestamp_seconds', wallSeconds());
    if (this.#run.checkpointEvery !== undefined)
      registry.set('weir_checkpoint_interval_steps', this.#run.checkpointEvery);
    for (const player of this.#run.players ?? []) this.#meterOf(player);
    if (kind === 'rl') {
      for (const name of ['weir_rl_episodes_total', 'weir_rl_environment_steps_total'] as const)
        registry.initialise(name);
      registry.initialise('weir_rl_episode_length_steps');
    }
  }

  #arm(): void {
    this.#timer = this.#scheduler.schedule(() => {
      this.#show();
      this.#arm();
    }, windowMs);
  }

  /** The gauges get the means of what was gathered. */
  #show(): void {
    this.#shown ||= this.#events > 0;
    for (const meter of this.#meters.values()) meter.show();
    this.#episodes?.show();
    this.#look();
  }

  /**
   * Brings up to date what is not gathered. Any number of scrapers may call it without spoiling
   * anything for another.
   */
  #look(): void {
    const registry = this.#registry;
    if (!this.#shown && this.#events > 0) this.#show();
    if (this.#events !== this.#seen) {
      this.#seen = this.#events;
      registry.set('weir_run_last_step_timestamp_seconds', wallSeconds());
      registry.cell('weir_examples_total').value = this.#events * (this.#run.batch ?? 0);
    }
    const played = this.#run.played?.();
    if (played !== undefined) {
      registry.cell('weir_rl_environment_steps_total').value = played.steps;
      registry.cell('weir_rl_episodes_total').value = played.episodes;
    }
    registry.set('weir_run_global_step', this.#index);
    if (this.#phase !== undefined) registry.set('weir_phase_step', this.#index - this.#phase.start);
    registry.set('weir_run_rate_factor', this.#run.rateFactor?.() ?? 1);
    const state = this.#ended ?? (this.#run.paused?.() ? 'paused' : 'running');
    for (const each of ['running', 'paused', 'finished', 'stopped', 'failed'] as const)
      registry.set('weir_run_state', Number(each === state), { state: each });
  }
}
