import { type MonoTypeOperatorFunction, map } from 'rxjs';
import { functionOption } from './options.ts';
import type { Step, StepEvent } from './step.ts';

/**
 * The metrics of a player's last step; undefined before its first step. `Trainer` implements it and
 * saves the values with its state.
 */
export type Latest = (player: string) => StepEvent['values'] | undefined;

/** The player whose steps go to another player, and the condition. */
export interface GateRule {
  readonly player: string;
  /** The player that takes the step. */
  readonly instead: string;
  /**
   * The condition on the last metrics. It must read another player's metrics, or the waiting player
   * deadlocks.
   */
  when(latest: Latest): boolean;
}

/**
 * Gives steps of a schedule to another player by the metrics of the last steps: a critic that is
 * far ahead waits, as in the code of LAPGAN (Denton et al., arXiv:1506.05751) and VAE-GAN (Larsen
 * et al., arXiv:1512.09300). Indices and batches stay, so what follows is numbered as before. The
 * first rule that holds decides. In a run of several phases a rule whose `instead` is no player of
 * the present phase does not apply. It goes between the schedule and `learn` and has no state: a
 * run resumes exactly where `latest` does.
 */
export function gated<Item>(
  rules: readonly GateRule[],
  latest: Latest,
): MonoTypeOperatorFunction<Step<Item>> {
  functionOption('latest', latest);
  for (const { when } of rules) functionOption('when', when);
  return map((step) => {
    const present = ({ instead }: GateRule) => step.phase?.players?.includes(instead) ?? true;
    const rule = rules.find((rule) => rule.player === step.player && present(rule) && rule.when(latest));
    if (rule === undefined) return step;
    // The rate of the schedule belongs to the waiting player.
    const { rate: _, ...rest } = step;
    return { ...rest, player: rule.instead };
  });
}

/** Whether a value of a player's last step is above a bound; not before that player has moved. */
export function above(player: string, value: string, bound: number): (latest: Latest) => boolean {
  return (latest) => (latest(player)?.[value] ?? Number.NEGATIVE_INFINITY) > bound;
}

/** Whether a value of a player's last step is below a bound; not before that player has moved. */
export function below(player: string, value: string, bound: number): (latest: Latest) => boolean {
  return (latest) => (latest(player)?.[value] ?? Number.POSITIVE_INFINITY) < bound;
}
