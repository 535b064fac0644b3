export { bestAction, bestValue } from './agents/action-values.ts';
export { doubleQLearning } from './agents/double-q-learning.ts';
export { expectedSarsa } from './agents/expected-sarsa.ts';
export { boltzmann, type Exploration, epsilonGreedy } from './agents/exploration.ts';
export { type NStepOptions, nStepSarsa, sarsa } from './agents/n-step-sarsa.ts';
export { qLearning } from './agents/q-learning.ts';
export { exponential, linear, type Scheduled } from './agents/schedules.ts';
export { type SavedAgent, TabularAgent, type TabularOptions } from './agents/tabular-agent.ts';
export {
  doubleQLearningTarget,
  expectedSarsaTarget,
  nStepTarget,
  qLearningTarget,
  sarsaTarget,
} from './agents/targets.ts';
export { type A2cOptions, a2c } from './deep/a2c.ts';
export type { ActorCriticOptions } from './deep/actor-critic.ts';
export type { NetworkOptions } from './deep/agent-network.ts';
export { categoricalPolicy } from './deep/categorical-policy.ts';
export { DeepAgent, type DeepAgentOptions, type SavedDeepAgent } from './deep/deep-agent.ts';
export { type DqnOptions, dqn } from './deep/dqn.ts';
export { type ActionBounds, gaussianPolicy } from './deep/gaussian-policy.ts';
export type { DeepActor, Method, ProgramCall, StepContext } from './deep/method.ts';
export { type Minibatched, type MinibatchOptions, minibatched } from './deep/minibatched.ts';
export type { OffPolicyOptions } from './deep/off-policy.ts';
export type { PerceptronOptions } from './deep/perceptron.ts';
export type { Choices, Policy } from './deep/policy.ts';
export type { RolloutWithValues } from './deep/policy-actor.ts';
export { type PpoOptions, ppo } from './deep/ppo.ts';
export { type ReinforceOptions, reinforce } from './deep/reinforce.ts';
export type { Actions, EndedEpisode, Rollout } from './deep/rollout.ts';
export { type SacOptions, sac } from './deep/sac.ts';
export { type Td3Options, td3 } from './deep/td3.ts';
export { type Choose, VectorEnvironment, type VectorEnvironmentOptions } from './deep/vector-environment.ts';
export { type AcrobotOptions, acrobot } from './environments/acrobot.ts';
export { type CartPoleOptions, cartPole } from './environments/cart-pole.ts';
export { type CatchBallOptions, catchBall } from './environments/catch-ball.ts';
export { checkRestart, checkStep } from './environments/check-step.ts';
export { type CliffWalkingOptions, cliffWalking } from './environments/cliff-walking.ts';
export { type Bounds, discretised } from './environments/discretised.ts';
export type { Draws } from './environments/draws.ts';
export {
  type BoxSpec,
  type DiscreteSpec,
  discountAfter,
  discountFor,
  type Environment,
  type EnvironmentStep,
  type Json,
  type Restart,
  restart,
  type Spec,
  type Termination,
  type TimeStep,
  type Transition,
  type Truncation,
  termination,
  transition,
  truncation,
} from './environments/environment.ts';
export { EnvironmentContractError } from './environments/errors.ts';
export { type FrozenLakeOptions, frozenLake } from './environments/frozen-lake.ts';
export { type EnvironmentLaw, environmentLaws, type LawOptions } from './environments/laws.ts';
export {
  type Dynamics,
  type DynamicsTypes,
  type JsonOf,
  makeEnvironment,
  type Outcome,
} from './environments/make-environment.ts';
export { type MountainCarOptions, mountainCar } from './environments/mountain-car.ts';
export { mountainCarContinuous } from './environments/mountain-car-continuous.ts';
export { type NormalisedOptions, normalisedObservations } from './environments/normalised-observations.ts';
export { type NormalisedRewardsOptions, normalisedRewards } from './environments/normalised-rewards.ts';
export { type PendulumOptions, pendulum } from './environments/pendulum.ts';
export { scaledObservations } from './environments/scaled-observations.ts';
export type { Paint, Scene, ScenePoint, Shape } from './environments/scene.ts';
export { box, discrete } from './environments/specs.ts';
export { stackedFrames } from './environments/stacked-frames.ts';
export { type TaxiOptions, taxi } from './environments/taxi.ts';
export { timeLimit } from './environments/time-limit.ts';
export { Wrapper } from './environments/wrapper.ts';
export { type EnvironmentName, gymnasiumPrefix, readEnvironmentName } from './gymnasium/environment-name.ts';
export { EpisodeNotRestoredError, GymnasiumProcessError, GymnasiumRefusedError } from './gymnasium/errors.ts';
export { Gymnasium, type GymnasiumVersions } from './gymnasium/gymnasium.ts';
export type { Action } from './gymnasium/gymnasium-environment.ts';
export type { PythonOptions } from './gymnasium/python-process.ts';
export { categoricalEntropy, categoricalLogProbability } from './learning/categorical.ts';
export { clippedSurrogate, type Surrogate } from './learning/clipped-surrogate.ts';
export { duelingValues } from './learning/dueling.ts';
export { explainedVariance } from './learning/explained-variance.ts';
export { type Course, gae } from './learning/gae.ts';
export { gaussianEntropy, gaussianLogProbability } from './learning/gaussian.ts';
export { huber } from './learning/huber.ts';
export { nStepReturns } from './learning/n-step-returns.ts';
export { logDeviationBounds, type Squashed, squashedGaussian } from './learning/squashed-gaussian.ts';
export { doubleQTarget, qTarget, tdTarget } from './learning/td-target.ts';
export { temperatureGradient } from './learning/temperature.ts';
export { smoothedAction, softTarget, twinTarget } from './learning/twin-target.ts';
export { importanceWeights } from './replay/importance-weights.ts';
export { nStepTransitions, type TransitionSteps } from './replay/n-step-transitions.ts';
export { type Replayed, replay } from './replay/replay.ts';
export { type Drawn, type Priority, ReplayMemory, type ReplayOptions } from './replay/replay-memory.ts';
export { SumTree } from './replay/sum-tree.ts';
export type { Transitions } from './replay/transitions.ts';
export { type Episode, episodes } from './streams/episodes.ts';
export {
  evaluateGreedy,
  type GreedyActor,
  type GreedyEpisode,
  type GreedyEvaluation,
  type GreedyEvaluationOptions,
  greedyEpisode,
  seenEpisode,
} from './streams/evaluate-greedy.ts';
export type { Actor, Experience, Played } from './streams/experience.ts';
export { type Interaction, type InteractOptions, interact } from './streams/interact.ts';
export { type TickOptions, ticks } from './streams/ticks.ts';
