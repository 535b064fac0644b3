import type { Settings } from '../../recipes/index.ts';
import type { AlertPolicies } from '../alert-policies.ts';
import type { EvaluationSettings } from '../evaluation/evaluation-settings.ts';

/**
 * What `config.yaml` holds: all that `weir resume` and `weir sample` need to build the run again.
 */
export interface RunConfig extends Settings {
  readonly weir: string;
  /** The script that has recorded the run under the name `recipe`; absent where `weir` has it. */
  readonly script?: string;
  readonly recipe: string;
  readonly data: string;
  /** The engine that was chosen, so that a resumed run computes on the same one. */
  readonly engine: string;
  /** Where the run is evaluated while it goes on. */
  readonly evaluation?: EvaluationSettings;
  /** What alerts do to the run in addition to warnings; absent where they do nothing. */
  readonly onAlert?: AlertPolicies;
}

/** What `config.yaml` holds of any run: one of a recipe, or one that a script has recorded. */
export interface RecordedConfig extends Omit<RunConfig, 'batch' | 'options'> {
  /** Absent where a script trains a learner of its own, without a recipe. */
  readonly batch?: number;
  readonly options: Readonly<Record<string, unknown>>;
}
