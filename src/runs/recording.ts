import type { Observable } from 'rxjs';
import type { OptionNames, Warn } from '../base/index.ts';
import type { Engine } from '../engine/index.ts';
import type { LogEvery, Recipe, Trainable } from '../recipes/index.ts';
import type { StepEvent } from '../streams/index.ts';
import type { AlertPolicies } from './alert-policies.ts';
import type { EvaluationOptions } from './evaluation/evaluation-settings.ts';
import type { Scorer } from './evaluation/scorer.ts';
import type { RunObserver } from './events/run-observer.ts';
import type { OpenExtension } from './run-context.ts';

/** Extensions and observers of a recorded run, and where its messages go. */
export interface RunHooks {
  /** What alerts do to the run in addition to warnings; needs telemetry among the extensions. */
  readonly onAlert?: AlertPolicies;
  /** A live page, telemetry, ... Each is opened before the directory is touched. */
  readonly extensions?: readonly OpenExtension[];
  /** See all that happens. */
  readonly observers?: readonly RunObserver[];
  /** Told what went wrong without ending the run. @default a warning of the Node.js process */
  readonly warn?: Warn;
  /**
   * Told that a signal stops the run, and from which step it goes on. @default `warn` for signals
   */
  readonly say?: (text: string) => void;
}

/** The names of these. */
export const hookNames: OptionNames<RunHooks> = {
  onAlert: true,
  extensions: true,
  observers: true,
  warn: true,
  say: true,
};

interface Common extends RunHooks {
  /** The run directory: new or empty, or that of this run, which then goes on. */
  readonly dir: string;
  /** Whether a directory that holds this run already is taken. @default true */
  readonly resume?: boolean;
  /** Steps between checkpoints. @default a tenth of the steps */
  readonly checkpointEvery?: number;
  /** Which steps have a line in the log. @default `auto` */
  readonly logEvery?: LogEvery;
}

/** The run of a recipe. */
export interface RecipeRecording extends Common {
  /** The name of a recipe, or a recipe of one's own. */
  readonly recipe: string | Recipe;
  /** What it learns from, as `--data` of the command line names it. @default that of the recipe */
  readonly data?: string;
  /** An engine, its name, or what opens it. @default `auto` */
  readonly engine?: string | Engine | (() => Promise<Engine>);
  /** Steps since the beginning after which the run ends. @default those of the recipe */
  readonly steps?: number;
  readonly batch?: number;
  /** @default 1 */
  readonly seed?: number;
  /** Threads that read and decode batches ahead. @default 0: they are read between steps */
  readonly decodeWorkers?: number;
  /** Hyper-parameters by name. */
  readonly set?: Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>;
  /** Scores the run while it goes on. */
  readonly evaluation?: EvaluationOptions;
  /** The text of a configuration, whose comments the `config.yaml` of the run keeps. */
  readonly source?: string;
}

/** How the run of a script is scored while it goes on. */
export interface ScriptEvaluation
  extends Scorer,
    Pick<EvaluationOptions, 'every' | 'keepBest' | 'stopAfter'> {}

/** The run of a script. */
export interface ScriptRecording extends Common, Pick<Trainable, 'learner' | 'draw' | 'evaluate'> {
  /**
   * What the run is called where others have the name of a recipe. @default the name of the script
   */
  readonly name?: string;
  /** All that the steps depend on, as JSON: a run goes on only with an equal one. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Steps since the beginning after which the run ends. */
  readonly steps: number;
  /**
   * The stream of the run, from the learner's present step on; called once the learner is restored.
   */
  events(): Observable<StepEvent>;
  /** The seed, for the list of runs. @default 0 */
  readonly seed?: number;
  /** What the data is called. @default `script` */
  readonly data?: string;
  /** The name of the engine. @default `script` */
  readonly engine?: string;
  readonly evaluation?: ScriptEvaluation;
}

/** What `record` records. */
export type Recording = RecipeRecording | ScriptRecording;
