// PPO with normalised observations and rewards: npx tsx examples/pendulum-ppo.ts [steps]
import { take, tap } from 'rxjs';
import { openEngine } from 'weir-streams/engine';
import { adam, linearDecay } from 'weir-streams/models';
import * as rl from 'weir-streams/rl';
import { alongside, pump, Run, type StepEvent } from 'weir-streams/streams';

const [run, steps] = [new Run(), Number(process.argv[2] ?? 60)];
const make = () => rl.normalisedRewards(rl.normalisedObservations(rl.pendulum()), { gamma: 0.9 });
const environments = new rl.VectorEnvironment(make, { count: 4 });
const { observation, environment } = environments;
const policy = rl.gaussianPolicy(environment.action as rl.BoxSpec);
const network = { hidden: [64, 64], activation: 'tanh' } as const;
const optimizer = adam({ rate: linearDecay(1e-3, 0, 60), epsilon: 1e-5 });
const method = rl.ppo({ observation, policy, network, optimizer, rolloutSteps: 512, gamma: 0.9 });
const { engine } = await openEngine('auto');
const agent = new rl.DeepAgent(method, engine, { environments });
const training$ = pump(rl.ticks(), run).pipe(
  take(steps),
  agent.rollouts(),
  rl.minibatched({ epochs: 10, size: 64 }),
  agent.learn(run.gate),
  alongside(console.warn, (events$) => events$.pipe(tap((event: StepEvent) => console.log(event.values)))),
);
console.log(await run.done(training$));
