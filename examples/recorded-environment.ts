// A corridor, learned by a deep Q-network with evaluations and a page: npx tsx examples/recorded-environment.ts [steps] [port]
import { take } from 'rxjs';
import { openEngine } from 'weir-streams/engine';
import { adam } from 'weir-streams/models';
import * as rl from 'weir-streams/rl';
import { greedyScorer, record } from 'weir-streams/runs';
import { livePage } from 'weir-streams/server';
import { pump, Run } from 'weir-streams/streams';

const rules: rl.Dynamics<{ state: number; observation: readonly number[]; action: number }> = {
  name: 'Corridor-v0',
  observation: rl.box([0], [1]),
  action: rl.discrete(2),
  start: () => 0,
  move: (at, way) => ({ state: way === 1 ? at + 1 : 0, reward: -1, terminated: at + way === 8 }),
  observe: (at) => [at / 8],
};
const make = () => rl.timeLimit(rl.makeEnvironment(rules), 50);
const [run, memory] = [new Run(), new rl.ReplayMemory({ capacity: 2_000, observation: 1 })];
const [steps, port] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 9464)];
const [rate, options] = [3e-3, { rolloutSteps: 32, updates: 8, warmup: 4, targetPeriod: 40, epsilon: 0.3 }];
const [network, optimizer] = [{ hidden: [32], activation: 'relu' } as const, adam({ rate })];
const method = rl.dqn({ observation: 1, actions: 2, network, optimizer, ...options });
const parts = { environments: new rl.VectorEnvironment(make), memory, seed: 7 };
const learner = new rl.DeepAgent(method, (await openEngine('auto')).engine, parts);
const ticks = () => pump(rl.ticks({ start: learner.index }), run).pipe(take(steps - learner.index));
const events = () => ticks().pipe(learner.rollouts(), rl.replay(memory), learner.learn(run.gate));
const evaluation = { every: 20, keepBest: 'returnMean', ...greedyScorer({ make, actor: learner }) };
const extensions = [livePage({ port, onOpen: ({ url }) => console.log(url) })];
const config = { rate, ...options };
console.log(
  await record(run, { dir: 'runs/corridor', config, learner, steps, events, evaluation, extensions }),
);
