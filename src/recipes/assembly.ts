import type { Observable } from 'rxjs';
import type { Dataset } from '../data/index.ts';
import type { Trainer } from '../models/index.ts';
import type { Environment, GreedyActor } from '../rl/index.ts';
import type { PhasedSchedule, Run, StepEvent } from '../streams/index.ts';
import type { ImagesBeside } from './images-beside.ts';
import type { Learner } from './learner.ts';
import type { Stages } from './stages.ts';

/** The final scores of a run, as numbers and as one line of text. */
export interface Verdict {
  readonly quality: Readonly<Record<string, number>>;
  /** `25/25 modes, 93 % high quality`. */
  readonly text: string;
}

/** The parts that every run has, whatever it trains. */
export interface Trainable {
  readonly learner: Learner;
  /**
   * What it learns from, as checkpoints know it: a fingerprint of the dataset, or the environment
   * with its options.
   */
  readonly data: string;
  /** The phases of the run, where it has several. */
  readonly plan?: PhasedSchedule;
  /**
   * The stream of the run, from the learner's present step up to the number of steps that the
   * config names.
   */
  events(run: Run, stages?: Stages): Observable<StepEvent>;
  /** Seconds that the steps of this process have waited for their batches. */
  dataSeconds?(): number;
  /** Draws what the learner can do at present as a PNG file; its folder is made. */
  draw?(path: string): Promise<void>;
  /** Scores the learner at its present step; undefined where no score exists. */
  evaluate?(): Promise<Verdict | undefined>;
}

/** The parts of every run of a recipe. */
interface Common extends Trainable {
  draw(path: string): Promise<void>;
  evaluate(): Promise<Verdict | undefined>;
}

/** A run of a GAN, ready to learn or to be sampled. */
export interface GanAssembly extends Common {
  readonly kind: 'gan';
  readonly dataset: Dataset;
  readonly trainer: Trainer;
  /** What is shown beside so many samples of a seed, where anything is. */
  beside?(count: number, seed: number): ImagesBeside;
}

/** Where an agent can be watched and evaluated: never in the environment that it learns in. */
export interface Arena {
  /** A new environment each time. */
  make(): Environment<unknown, unknown>;
  readonly actor: GreedyActor<unknown, unknown>;
}

/** A run of an agent in an environment, ready to learn. */
export interface AgentAssembly extends Common {
  readonly kind: 'agent';
  readonly arena: Arena;
}

/** Everything that a run is made of. */
export type Assembly = GanAssembly | AgentAssembly;
