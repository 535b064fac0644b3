import { wholeNumber } from '../../base/index.ts';
import { fold, keyOf } from '../../engine/index.ts';
import { checkRestart, checkStep } from '../environments/check-step.ts';
import type { Environment, EnvironmentStep } from '../environments/environment.ts';
import type { Scene } from '../environments/scene.ts';

/** Chooses the action of the highest value or probability, and does not learn. */
export interface GreedyActor<Observation, Action> {
  greedy(observation: Observation): Action | Promise<Action>;
}

/** How an actor is evaluated. */
export interface GreedyEvaluationOptions {
  /** 100 by default. */
  readonly episodes?: number;
  /** Episode n begins with the key of (seed, 'evaluation', n): never one of those of training. */
  readonly seed?: number;
}

/** What the greedy actions of an actor are worth. */
export interface GreedyEvaluation {
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
  readonly returnMean: number;
  /** Of the returns, about their mean. */
  readonly returnDeviation: number;
  readonly lengthMean: number;
  /**
   * Share of the episodes that ended by themselves, at a goal or a failure, and were not cut off.
   */
  readonly terminated: number;
}

/** A greedy episode, from its first observation on. */
export interface GreedyEpisode<Observation, Action> {
  readonly observations: readonly Observation[];
  readonly actions: readonly Action[];
  readonly return: number;
  readonly kind: EnvironmentStep<unknown>['kind'];
}

/**
 * Runs whole episodes of greedy actions. It should be an environment
 * of its own: one that an interaction uses would lose its episode.
 * @throws EnvironmentContractError, and whatever actor or environment throw
 */
export async function evaluateGreedy<Observation, Action>(
  environment: Environment<Observation, Action>,
  actor: GreedyActor<Observation, Action>,
  { episodes = 100, seed = 0 }: GreedyEvaluationOptions = {},
): Promise<GreedyEvaluation> {
  wholeNumber('evaluateGreedy: episodes', episodes, 1);
  const returns: number[] = [];
  const lengths: number[] = [];
  let terminated = 0;
  for (let number = 0; number < episodes; number++) {
    const episode = await greedyEpisode(environment, actor, { seed, number });
    returns.push(episode.return);
    lengths.push(episode.actions.length);
    if (episode.kind === 'termination') terminated++;
  }
  const returnMean = mean(returns);
  const returnDeviation = Math.sqrt(mean(returns.map((value) => (value - returnMean) ** 2)));
  return {
    returns,
    lengths,
    returnMean,
    returnDeviation,
    lengthMean: mean(lengths),
    terminated: terminated / episodes,
  };
}

/** One whole greedy episode. `see` is called before the first action and after each one. */
export async function greedyEpisode<Observation, Action>(
  environment: Environment<Observation, Action>,
  actor: GreedyActor<Observation, Action>,
  { seed = 0, number = 0, see = () => {} }: { seed?: number; number?: number; see?: () => void } = {},
): Promise<GreedyEpisode<Observation, Action>> {
  const key = fold(keyOf(wholeNumber('evaluateGreedy: seed', seed), 'evaluation'), number);
  let { observation } = checkRestart(environment, environment.reset(key));
  const observations = [observation];
  const actions: Action[] = [];
  let total = 0;
  for (;;) {
    see();
    const answer = actor.greedy(observation);
    // Waiting where there is nothing to wait for would cost more than the step.
    const action = answer instanceof Promise ? await answer : answer;
    const step = checkStep(environment, environment.step(action));
    actions.push(action);
    observation = step.observation;
    observations.push(observation);
    total += step.reward;
    if (step.kind !== 'transition') {
      see();
      return { observations, actions, return: total, kind: step.kind };
    }
  }
}

/** A greedy episode, and the scene of every state of an environment that has scenes. */
export async function seenEpisode<Observation, Action>(
  environment: Environment<Observation, Action>,
  actor: GreedyActor<Observation, Action>,
  options: { readonly seed?: number; readonly number?: number } = {},
): Promise<GreedyEpisode<Observation, Action> & { readonly scenes: readonly Scene[] }> {
  const scenes: Scene[] = [];
  const see = () => {
    const scene = environment.scene?.();
    if (scene !== undefined) scenes.push(scene);
  };
  return { ...(await greedyEpisode(environment, actor, { ...options, see })), scenes };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
