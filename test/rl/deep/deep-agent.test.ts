import { from, lastValueFrom, Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { monotonicSeconds } from '../../../src/base/index.ts';
import { type Engine, flattenTree, type Key } from '../../../src/engine/index.ts';
import { adam, NonFiniteLossError, NonFiniteStateError, sgd } from '../../../src/models/index.ts';
import {
  a2c,
  cartPole,
  categoricalPolicy,
  DeepAgent,
  dqn,
  gaussianPolicy,
  type Method,
  minibatched,
  pendulum,
  ppo,
  type Replayed,
  ReplayMemory,
  type Rollout,
  type RolloutWithValues,
  reinforce,
  replay,
  VectorEnvironment,
} from '../../../src/rl/index.ts';
import { Gate, type Numbered, type StepEvent } from '../../../src/streams/index.ts';
import { later } from '../../models/support.ts';
import { corridor, engineNames, engines } from './support.ts';

const network = { hidden: [8], activation: 'tanh' } as const;
const optimizer = adam({ rate: 0.01 });

/** An agent and how it is given what it learns from. */
interface Setting {
  readonly agent: DeepAgent<never, never>;
  step(index: number): StepEvent | Promise<StepEvent>;
}

function setting<E, A, R extends Rollout>(
  method: Method<E, A, R>,
  environments: VectorEnvironment<A>,
  engine: Engine,
  prepare: (index: number, rollout: R) => E,
  memory?: ReplayMemory,
): Setting {
  const agent = new DeepAgent(method, engine, { environments, seed: 5, ...(memory && { memory }) });
  return {
    agent: agent as never,
    step: (index) => agent.step({ index, batch: prepare(index, agent.collect(index)) }),
  };
}

function first<In, Out>(item: In, operator: (items$: Observable<In>) => Observable<Out>): Out {
  let got: Out | undefined;
  operator(from([item])).subscribe((value) => {
    got = value;
  });
  return got!;
}

const portions = minibatched<RolloutWithValues>({ epochs: 2, size: 8 });
const settings: Readonly<Record<string, (engine: Engine) => Setting>> = {
  dqn: (engine) => {
    const memory = new ReplayMemory({ capacity: 40, observation: 4, priority: {} });
    const method = dqn({
      observation: 4,
      actions: 2,
      network: { hidden: [8], activation: 'relu' },
      optimizer,
      rolloutSteps: 6,
      updates: 2,
      batch: 8,
      warmup: 1,
      epsilon: 0.3,
      targetPeriod: 3,
      dueling: true,
    });
    const environments = new VectorEnvironment(cartPole, { count: 2, seed: 1 });
    const prepare = (index: number, batch: Rollout): Replayed =>
      first({ index, batch }, replay(memory)).batch;
    return setting(method, environments, engine, prepare, memory);
  },
  ppo: (engine) => {
    const policy = gaussianPolicy({ low: [-2], high: [2] });
    const method = ppo({ observation: 3, policy, network, optimizer, rolloutSteps: 8 });
    const environments = new VectorEnvironment(pendulum, { count: 2, seed: 1 });
    return setting(method, environments, engine, (index, batch) => first({ index, batch }, portions).batch);
  },
  a2c: (engine) => {
    const method = a2c({ observation: 4, policy: categoricalPolicy(2), network, optimizer });
    return setting(method, new VectorEnvironment(cartPole, { count: 3 }), engine, (_, rollout) => rollout);
  },
  reinforce: (engine) => {
    const policy = categoricalPolicy(2);
    const method = reinforce({ observation: 4, policy, network, optimizer, longest: 40 });
    return setting(method, new VectorEnvironment(cartPole, { count: 2 }), engine, (_, rollout) => rollout);
  },
};

describe.each(engineNames)('on %s', (name) => {
  it.each(Object.keys(settings))('%s goes on to the bit after it was saved and restored', async (kind) => {
    const whole = settings[kind]!(engines[name]);
    for (let index = 0; index < 4; index++) await whole.step(index);
    const other = settings[kind]!(engines[name]);
    const { tensors, state } = whole.agent.save();
    // As a checkpoint file has it.
    other.agent.restore({ tensors: flattenTree(tensors), state: structuredClone(state) });
    for (let index = 4; index < 7; index++) {
      const { seconds: _, ...event } = await other.step(index);
      const { seconds: __, ...expected } = await whole.step(index);
      expect(event).toEqual(expected);
    }
    expect(other.agent.save()).toEqual(whole.agent.save());
    for (const { agent } of [whole, other]) agent.close();
  });
});

describe('an agent', () => {
  it('is the same where the engine answers later', async () => {
    const [now, then] = [settings.ppo!(engines.cpu), settings.ppo!(later(engines.cpu))];
    for (let index = 0; index < 3; index++) {
      now.step(index);
      const step = then.step(index);
      expect(step).toBeInstanceOf(Promise);
      await step;
    }
    expect(then.agent.save()).toEqual(now.agent.save());
    for (const { agent } of [now, then]) agent.close();
  });

  it('learns by a rate times a factor, which is saved with it and leaves no trace where it is 1', async () => {
    const [slow, fast, other] = [settings.a2c!, settings.a2c!, settings.a2c!].map((make) =>
      make(engines.cpu),
    );
    expect(fast!.agent.save().state).not.toHaveProperty('rateFactor');
    slow!.agent.rateFactor = 1e-2;
    const weights = (of: Setting) =>
      Float64Array.from(
        [...flattenTree(of.agent.tensors())]
          .filter(([path]) => path.startsWith('weights'))
          .flatMap(([, { data }]) => [...data]),
      );
    const before = weights(slow!);
    for (const { step } of [slow!, fast!]) await step(0);
    const moved = (of: Setting) => Math.max(...weights(of).map((x, i) => Math.abs(x - before[i]!)));
    expect(moved(slow!) / moved(fast!)).toBeCloseTo(1e-2, 3);
    other!.agent.restore(slow!.agent.save());
    expect(other!.agent.rateFactor).toBe(1e-2);
    expect(() => {
      slow!.agent.rateFactor = 0;
    }).toThrow('rateFactor: expected a finite number above 0, got 0');
    for (const { agent } of [slow!, fast!, other!]) agent.close();
  });

  it('acts by what it has learned in the step before', async () => {
    const { agent, step } = settings.reinforce!(engines.cpu);
    const before = agent.save();
    await step(0);
    const after = agent.save();
    expect(flattenTree(after.tensors)).not.toEqual(flattenTree(before.tensors));
    const learned = agent.collect(1);
    const { environments } = after.state;
    agent.restore({ ...before, state: { ...before.state, environments, index: 1 } });
    expect(agent.collect(1)).not.toEqual(learned);
    agent.restore(after);
    expect(agent.collect(1)).toEqual(learned);
    agent.close();
  });

  it('flows: ticks become rollouts, rollouts events', async () => {
    const agent = new DeepAgent(
      a2c({ observation: 2, policy: categoricalPolicy(2), network, optimizer, rolloutSteps: 6 }),
      later(engines.cpu),
      { environments: new VectorEnvironment(() => corridor()) },
    );
    const gate = new Gate();
    const ticks$ = new Observable<Numbered<undefined>>((out) => {
      let index = 0;
      const next = () => {
        if (index === 3) return out.complete();
        out.next({ index: index++, batch: undefined });
        gate.onceOpen(next);
      };
      next();
    });
    const last = await lastValueFrom(ticks$.pipe(agent.rollouts(), agent.learn(gate)));
    expect(last).toMatchObject({ index: 2, player: 'agent' });
    expect(agent.index).toBe(3);
    agent.close();
  });

  it('counts the playing into the time of a step', () => {
    const method = a2c({
      observation: 2,
      policy: categoricalPolicy(2),
      network,
      optimizer,
      rolloutSteps: 10,
    });
    const slow = () => {
      const inner = corridor();
      const step = (action: number) => {
        const end = monotonicSeconds() + 0.02;
        while (monotonicSeconds() < end);
        return inner.step(action);
      };
      return Object.assign(Object.create(inner), { reset: (key: Key) => inner.reset(key), step });
    };
    const { agent, step } = setting(
      method,
      new VectorEnvironment<number>(slow),
      engines.cpu,
      (_, rollout) => rollout,
    );
    expect((step(0) as StepEvent).seconds).toBeGreaterThanOrEqual(10 * 0.02);
    agent.close();
  });

  it('refuses a turn out of order, and the state of another method or seed', async () => {
    const { agent, step } = settings.a2c!(engines.cpu);
    expect(() => step(1)).toThrow(new RangeError('DeepAgent: expected step 0, got 1'));
    const saved = agent.save();
    const of = (state: object) => ({ ...saved, state: { ...saved.state, ...state } });
    expect(() => agent.restore(of({ system: 'ppo' }))).toThrow(
      'restore: expected a state of a2c, got one of ppo',
    );
    expect(() => agent.restore(of({ seed: 6 }))).toThrow('restore: expected seed 5, got 6');
    agent.close();
  });

  it('ends at a value that is no number, and saves nothing of it', async () => {
    const method = a2c({
      observation: 4,
      policy: categoricalPolicy(2),
      network,
      optimizer: sgd({ rate: (index) => (index === 0 ? Number.MAX_VALUE : 0) }),
    });
    const { agent, step } = setting(
      method,
      new VectorEnvironment(cartPole),
      engines.cpu,
      (_, rollout) => rollout,
    );
    step(0);
    expect(() => agent.save()).toThrow(NonFiniteStateError);
    expect(() => step(1)).toThrow(NonFiniteLossError);
    expect(() => agent.save()).toThrow(NonFiniteLossError);
    agent.close();
  });
});
