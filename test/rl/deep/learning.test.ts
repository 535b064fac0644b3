import { type OperatorFunction, take, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { adam } from '../../../src/models/index.ts';
import {
  a2c,
  categoricalPolicy,
  DeepAgent,
  dqn,
  evaluateGreedy,
  type Method,
  minibatched,
  ppo,
  ReplayMemory,
  type Rollout,
  type RolloutWithValues,
  reinforce,
  replay,
  ticks,
  VectorEnvironment,
} from '../../../src/rl/index.ts';
import { type Numbered, pump, Run, type StepEvent } from '../../../src/streams/index.ts';
import { corridor, engines } from './support.ts';

const place = () => corridor(5, 12);
const network = { hidden: [16], activation: 'tanh' } as const;
const parts = { observation: 2, policy: categoricalPolicy(2), network };

/** Trains in the corridor, and says what the last step told and what the agent is worth then. */
async function trained<E, R extends Rollout>(
  method: Method<E, number, R>,
  prepare: OperatorFunction<Numbered<R>, Numbered<E>>,
  steps: number,
) {
  const run = new Run();
  const agent = new DeepAgent(method, engines.onnx, {
    environments: new VectorEnvironment(place, { count: 4, seed: 2 }),
    seed: 2,
  });
  const events: StepEvent[] = [];
  await run.done(
    pump(ticks(), run).pipe(
      take(steps),
      agent.rollouts(),
      prepare,
      agent.learn(run.gate),
      tap((event) => events.push(event)),
    ),
  );
  const { returnMean, lengthMean } = await evaluateGreedy<readonly number[], number>(place(), agent, {
    episodes: 1,
  });
  agent.close();
  return { returnMean, lengthMean, values: events.at(-1)!.values };
}

const same = <T>(rollouts$: T) => rollouts$;

describe('in a corridor of five places, whose far end alone earns something', () => {
  const shortest = { returnMean: 1, lengthMean: 5 };

  it('a deep Q-network finds the shortest way', async () => {
    const memory = new ReplayMemory({ capacity: 500, observation: 2 });
    const method = dqn({
      observation: 2,
      actions: 2,
      network,
      optimizer: adam({ rate: 0.01 }),
      gamma: 0.9,
      rolloutSteps: 8,
      updates: 4,
      batch: 32,
      warmup: 3,
      targetDecay: 0.9,
      epsilon: (index) => Math.max(0.1, 1 - index / 30),
    });
    const { values, ...found } = await trained(method, replay(memory), 60);
    expect(found).toEqual(shortest);
    expect(values.replaySize).toBe(500);
    // At most 1, whatever follows.
    expect(values.qMean).toBeGreaterThan(0.5);
    expect(values.qMean).toBeLessThan(1.1);
  });

  it('REINFORCE does', async () => {
    const method = reinforce({ ...parts, optimizer: adam({ rate: 0.03 }), longest: 12, gamma: 0.9 });
    expect(await trained(method, same, 60)).toMatchObject(shortest);
  });

  it('an advantage actor-critic does', async () => {
    const method = a2c({ ...parts, optimizer: adam({ rate: 0.01 }), gamma: 0.9 });
    expect(await trained(method, same, 200)).toMatchObject(shortest);
  });

  it('proximal policy optimisation does, and becomes sure of it', async () => {
    const method = ppo({ ...parts, optimizer: adam({ rate: 0.01 }), rolloutSteps: 16, gamma: 0.9 });
    const { values, ...found } = await trained(
      method,
      minibatched<RolloutWithValues>({ epochs: 4, size: 32 }),
      30,
    );
    expect(found).toEqual(shortest);
    expect(values.entropy).toBeLessThan(0.5 * Math.LN2);
    expect(values.explainedVariance).toBeGreaterThan(0.5);
  });
});
