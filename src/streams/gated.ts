import { type MonoTypeOperatorFunction, map } from 'rxjs';
import { functionOption } from './options.ts';
import type { Step, StepEvent } from './step.ts';

/** The values that the last step of a player told; undefined before its first. A `Trainer` has it, and keeps it in its saved state. */
export type Latest = (player: string) => StepEvent['values'] | undefined;

/** Whose steps are given away, to whom, and when. */
export interface GateRule {
  readonly player: string;
  /** Who takes the step. */
  readonly instead: string;
  /** By what the last steps told. The values must be those of another's steps too, or who is held back is never let in again. */
  when(latest: Latest): boolean;
}

/**
 * Gives steps of a schedule to another player by what the last steps told: a critic that is far ahead waits, as in the code of LAPGAN
 * (Denton et al., arXiv:1506.05751) and VAE-GAN (Larsen et al., arXiv:1512.09300). Indices and batches stay, so what follows is numbered as
 * before. The first rule that holds decides. It stands between the schedule and `learn`, and remembers nothing: a run goes on exactly
 * where `latest` does.
 */
export function gated<Item>(
  rules: readonly GateRule[],
  latest: Latest,
): MonoTypeOperatorFunction<Step<Item>> {
  functionOption('latest', latest);
  for (const { when } of rules) functionOption('when', when);
  return map((step) => {
    const rule = rules.find(({ player, when }) => player === step.player && when(latest));
    if (rule === undefined) return step;
    // A rate of the schedule is meant for the player who waits.
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
