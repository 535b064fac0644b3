// PPO on the pole, composed by hand: npx tsx examples/cart-pole-ppo.ts [steps]
import { take, tap } from 'rxjs';
import { openEngine } from 'weir-streams/engine';
import { adam, linearDecay } from 'weir-streams/models';
import * as rl from 'weir-streams/rl';
import { alongside, pump, Run, type StepEvent } from 'weir-streams/streams';

const [run, steps] = [new Run(), Number(process.argv[2] ?? 400)];
const network = { hidden: [64, 64], activation: 'tanh' } as const;
const policy = rl.categoricalPolicy(2);
const optimizer = adam({ rate: linearDecay(1e-3, 0, 400) });
const { engine } = await openEngine('auto');
const method = rl.ppo({ observation: 4, policy, network, optimizer, rolloutSteps: 32 });
const environments = new rl.VectorEnvironment(rl.cartPole, { count: 8 });
const agent = new rl.DeepAgent(method, engine, { environments });
const tell = tap<StepEvent>(({ index, values }) => console.log(index, values));

const training$ = pump(rl.ticks(), run).pipe(
  take(steps),
  agent.rollouts(),
  rl.minibatched({ epochs: 10, size: 64 }),
  agent.learn(run.gate),
  alongside(console.warn, (events$) => events$.pipe(tell)),
);
console.log(await run.done(training$), (await rl.evaluateGreedy(rl.cartPole(), agent)).returnMean);
