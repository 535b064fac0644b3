import { show } from '../../base/index.ts';
import type { Environment, EnvironmentStep, Restart } from './environment.ts';
import { EnvironmentContractError } from './errors.ts';
import { finiteReward, firstStep, laterStep } from './rules.ts';

/** What of an environment a step is checked against. */
type Checked<Observation> = Pick<Environment<Observation, never>, 'name' | 'observation'>;

/** The answer of `reset`. @throws EnvironmentContractError naming the rule that it breaks */
export function checkRestart<Observation>(
  environment: Checked<Observation>,
  step: Restart<Observation>,
): Restart<Observation> {
  if (step?.kind !== 'restart' || 'reward' in step)
    throw new EnvironmentContractError(environment.name, firstStep, describe(step));
  if (!environment.observation.includes(step.observation))
    throw wrongObservation(environment, step.observation);
  return step;
}

/** The answer of `step`. @throws EnvironmentContractError naming the rule that it breaks */
export function checkStep<Observation>(
  environment: Checked<Observation>,
  step: EnvironmentStep<Observation>,
): EnvironmentStep<Observation> {
  const kind = step?.kind;
  if (kind !== 'transition' && kind !== 'termination' && kind !== 'truncation')
    throw new EnvironmentContractError(environment.name, laterStep, describe(step));
  if (!Number.isFinite(step.reward))
    throw new EnvironmentContractError(environment.name, finiteReward, show(step.reward));
  if (!environment.observation.includes(step.observation))
    throw wrongObservation(environment, step.observation);
  return step;
}

function wrongObservation<Observation>({ name, observation }: Checked<Observation>, value: unknown): Error {
  const got = Array.isArray(value) ? `[${value.join(', ')}]` : show(value);
  return new EnvironmentContractError(name, `expected an observation that is ${observation.rule}`, got);
}

function describe(step: unknown): string {
  return typeof step === 'object' && step !== null ? JSON.stringify(step) : show(step);
}
