export { type CartPoleOptions, cartPole } from './environments/cart-pole.ts';
export { checkRestart, checkStep } from './environments/check-step.ts';
export type { Draws } from './environments/draws.ts';
export {
  type BoxSpec,
  type DiscreteSpec,
  discountAfter,
  type Environment,
  type Json,
  type Restart,
  restart,
  type Spec,
  type Step,
  type Termination,
  type TimeStep,
  type Transition,
  type Truncation,
  termination,
  transition,
  truncation,
} from './environments/environment.ts';
export { EnvironmentContractError } from './environments/errors.ts';
export { type EnvironmentLaw, environmentLaws, type LawOptions } from './environments/laws.ts';
export { type Dynamics, makeEnvironment, type Outcome } from './environments/make-environment.ts';
export { type MountainCarOptions, mountainCar } from './environments/mountain-car.ts';
export { box, discrete } from './environments/specs.ts';
export { timeLimit } from './environments/time-limit.ts';
