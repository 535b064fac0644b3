import { describe, expect, it } from 'vitest';
import { cpuEngine, keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import {
  adam,
  batchNorm,
  conv2d,
  dense,
  flatten,
  type Layer,
  relu,
  reshape,
  sequential,
} from '../../../src/models/index.ts';
import { type AgentNetwork, agentNetwork } from '../../../src/rl/deep/agent-network.ts';
import { HostLayer } from '../../../src/rl/deep/host-layer.ts';
import {
  a2c,
  categoricalPolicy,
  DeepAgent,
  dqn,
  gaussianPolicy,
  type Method,
  pendulum,
  ppo,
  ReplayMemory,
  type Rollout,
  reinforce,
  sac,
  td3,
  VectorEnvironment,
} from '../../../src/rl/index.ts';
import { expectClose } from '../../models/support.ts';
import { corridor, runOn } from './support.ts';

const picture = sequential([
  reshape([4, 4, 1]),
  conv2d(3, { kernelSize: 3, stride: 1 }),
  relu(),
  flatten(),
  dense(5),
  relu(),
]);
const observation = Float32Array.from({ length: 16 }, (_, i) => Math.sin(i));

/** What the network gives in a program and on the host. */
function both({ layer, host }: AgentNetwork, inputs: number) {
  const { weights } = layer.init(keyOf(1), [inputs]);
  const x = Value.of(observation.subarray(0, inputs), [1, inputs]);
  const program = {
    name: 'test',
    run: (state: Tree<never>, given: Tree<never>) => ({
      state,
      outputs: { y: layer.apply({ weights: state, buffers: {} }, given.x as never, true).y },
    }),
  };
  const { outputs } = runOn(weights, { program: program as never, inputs: { x } });
  const network = host();
  network.load(weights);
  const found = [...network.run([9, ...observation.subarray(0, inputs)], 1)];
  network.close?.();
  return { program: outputs.y as Value, host: found };
}

describe('a network of an agent', () => {
  it.each([
    ['widths', agentNetwork({ hidden: [6], activation: 'tanh' }, { inputs: 16, outputs: 3 })],
    ['a layer of one’s own', agentNetwork(picture, { inputs: 16, outputs: 3 })],
    ['a layer under a dueling head', agentNetwork(picture, { inputs: 16, outputs: 3, dueling: true })],
  ])('gives the same on the host as in a program: %s', (_, network) => {
    const found = both(network, 16);
    expect(found.host).toHaveLength(3);
    expectClose(found.program, found.host, 1e-5);
  });

  it('leaves no tensor behind where it is closed', async () => {
    const engine = await cpuEngine();
    const before = engine.memory().tensors;
    const host = new HostLayer(dense(2), { inputs: 3, outputs: 2 });
    const { weights } = dense(2).init(keyOf(1), [3]);
    host.load(weights);
    host.load(weights);
    host.run([1, 2, 3]);
    expect(engine.memory().tensors).toBe(before + 2);
    host.close();
    expect(engine.memory().tensors).toBe(before);
  });

  it.each([
    [
      'buffers',
      sequential([dense(4), batchNorm()]),
      'network: expected a layer without buffers (running averages), got one with 1',
    ],
    [
      'a picture as output',
      reshape([4, 4, 1]),
      'network: expected a layer that gives a list of numbers, got [4,4,1]; flatten() last',
    ],
    ['another size', reshape([5, 5, 1]), 'reshape: expected inputs of 25 numbers for [5,5,1], got [16]'],
  ])('refuses a layer with %s', (_, layer, message) => {
    const { layer: whole } = agentNetwork(layer, { inputs: 16, outputs: 3 });
    expect(() => whole.init(keyOf(1), [16])).toThrow(new RangeError(message));
  });
});

/** Two steps of an agent with a layer; saved after the first, restored into another, repeated. */
async function agrees<E, A, R extends Rollout>(
  make: () => { method: Method<E, A, R>; memory?: ReplayMemory },
  environments: () => VectorEnvironment<A>,
  prepare: (rollout: R, memory: ReplayMemory | undefined) => E,
) {
  const engine = await cpuEngine();
  const agentOf = () => {
    const { method, memory } = make();
    const agent = new DeepAgent(method, engine, {
      environments: environments(),
      seed: 1,
      ...(memory && { memory }),
    });
    const step = (index: number) => agent.step({ index, batch: prepare(agent.collect(index), memory) });
    return { agent, step };
  };
  const [one, two] = [agentOf(), agentOf()];
  one.step(0);
  two.agent.restore(one.agent.save());
  const events = [one, two].map(({ step }) => step(1) as { values: object });
  expect(events[1]!.values).toEqual(events[0]!.values);
  expect(two.agent.save()).toEqual(one.agent.save());
  for (const { agent } of [one, two]) agent.close();
}

describe('a layer of one’s own', () => {
  const optimizer = adam({ rate: 1e-2 });
  const trunk: Layer = sequential([dense(4), relu()]);
  const places = () => new VectorEnvironment(() => corridor(), { count: 2, seed: 1 });
  const discrete = { observation: 2, policy: categoricalPolicy(2), network: trunk, optimizer };
  const box = { low: [-2], high: [2] };
  const continuous = { observation: 3, action: box, network: trunk, optimizer, rolloutSteps: 4 };
  const remember = (rollout: Rollout, memory: ReplayMemory | undefined) => {
    memory!.add(rollout);
    return { rollout, memory: memory! };
  };

  it('is the network of DQN', () =>
    agrees(
      () => ({
        method: dqn({
          observation: 2,
          actions: 2,
          network: trunk,
          optimizer,
          rolloutSteps: 4,
          updates: 2,
          batch: 4,
          epsilon: 0.5,
          targetDecay: 0.9,
        }),
        memory: new ReplayMemory({ capacity: 20, observation: 2 }),
      }),
      places,
      remember,
    ));

  it.each([sac, td3])('is the network of agents for continuous control: %o', (make) =>
    agrees(
      () => ({
        method: make({ ...continuous, updates: 2, batch: 4 }),
        memory: new ReplayMemory({ capacity: 20, observation: 3, action: 1 }),
      }),
      () => new VectorEnvironment(pendulum, { count: 2, seed: 1 }),
      remember,
    ),
  );

  it('is the network of PPO, A2C and REINFORCE', async () => {
    await agrees(
      () => ({ method: ppo({ ...discrete, rolloutSteps: 4 }) }),
      places,
      (rollout) => ({ rollout, minibatches: () => [Uint32Array.of(0, 1, 2, 3)] }),
    );
    await agrees(
      () => ({ method: ppo({ ...discrete, observation: 3, policy: gaussianPolicy(box), rolloutSteps: 4 }) }),
      () => new VectorEnvironment(pendulum, { count: 2, seed: 1 }),
      (rollout) => ({ rollout, minibatches: () => [Uint32Array.of(0, 1, 2, 3)] }),
    );
    await agrees(
      () => ({ method: a2c({ ...discrete, rolloutSteps: 4 }) }),
      places,
      (rollout) => rollout,
    );
    await agrees(
      () => ({ method: reinforce({ ...discrete, longest: 6 }) }),
      places,
      (rollout) => rollout,
    );
  });
});
