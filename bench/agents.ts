/**
 * Deep agents on the pole with CleanRL's settings: environment steps a second through the whole
 * stream, learning, a barrier and two side streams included. Run it with `npx tsx bench/agents.ts`.
 *
 * Rates are by CPU time of the process, which other load on the machine does not count into; the
 * first tenth, in which programs are compiled, is left out. The peers' rates are those of an idle
 * machine of the same kind, one thread; CleanRL updates once each 10 steps, which is as often.
 */
import { pathToFileURL } from 'node:url';
import { filter, type OperatorFunction, take, tap } from 'rxjs';
import { onnxEngine } from '../src/engine/index.ts';
import { adam } from '../src/models/index.ts';
import {
  cartPole,
  categoricalPolicy,
  DeepAgent,
  dqn,
  type Method,
  minibatched,
  ppo,
  ReplayMemory,
  type Rollout,
  type RolloutWithValues,
  replay,
  ticks,
  VectorEnvironment,
} from '../src/rl/index.ts';
import { alongside, barrier, every, type Numbered, pump, Run } from '../src/streams/index.ts';
import { markdown } from './table.ts';

/** One line of the table. */
export interface AgentsRow {
  readonly agent: string;
  readonly stepsPerSecond: number;
  /** CleanRL's, environment steps a second. */
  readonly peer: number;
}

interface Course<Experience, R extends Rollout> {
  readonly environments: number;
  readonly stepsOfStep: number;
  readonly method: Method<Experience, number, R>;
  readonly prepare: OperatorFunction<Numbered<R>, Numbered<Experience>>;
}

/**
 * Trains for so many steps, and gives the environment steps a second of CPU time after the first
 * tenth.
 */
async function rate<E, R extends Rollout>(course: Course<E, R>, steps: number): Promise<number> {
  const { environments: count, stepsOfStep, method, prepare } = course;
  const environments = new VectorEnvironment(cartPole, { count, seed: 1 });
  const agent = new DeepAgent(method, await onnxEngine(), { environments, seed: 1 });
  const run = new Run();
  const first = Math.floor(steps / 10);
  let began = 0;
  let [seen, returns] = [0, 0];
  await run.done(
    pump(ticks(), run).pipe(
      take(steps),
      agent.rollouts(),
      prepare,
      agent.learn(run.gate),
      tap(({ index }) => {
        if (index === first) began = process.cpuUsage().user;
      }),
      barrier(every(100, { atEnd: false }), run.gate, () => {}),
      alongside(
        console.warn,
        (events$) => events$.pipe(tap(() => seen++)),
        (events$) =>
          events$.pipe(
            filter(({ values }) => values.return !== undefined),
            tap(() => returns++),
          ),
      ),
    ),
  );
  agent.close();
  const seconds = (process.cpuUsage().user - began) / 1e6;
  if (seen !== steps || returns === 0) throw new Error('bench: the side streams missed what happened');
  return ((steps - first - 1) * stepsOfStep) / seconds;
}

function deepQ(): Course<never, Rollout> {
  const memory = new ReplayMemory({ capacity: 10_000, observation: 4 });
  const method = dqn({
    observation: 4,
    actions: 2,
    network: { hidden: [120, 84], activation: 'relu' },
    optimizer: adam({ rate: 2.5e-4 }),
    rolloutSteps: 40,
    updates: 4,
    batch: 128,
    warmup: 5,
    epsilon: 0.1,
    targetPeriod: 50,
    double: false,
    huber: 1000,
    maxGradNorm: 1000,
  });
  return { environments: 1, stepsOfStep: 40, method, prepare: replay(memory) } as never;
}

function proximal(): Course<never, RolloutWithValues> {
  const method = ppo({
    observation: 4,
    policy: categoricalPolicy(2),
    network: { hidden: [64, 64], activation: 'tanh' },
    optimizer: adam({ rate: 2.5e-4, epsilon: 1e-5 }),
    rolloutSteps: 128,
    entCoef: 0.01,
  });
  const prepare = minibatched<RolloutWithValues>({ epochs: 4, size: 128 });
  return { environments: 4, stepsOfStep: 512, method, prepare } as never;
}

/** Measures both. `share` scales how long. */
export async function benchAgents({ share = 1 } = {}): Promise<AgentsRow[]> {
  return [
    {
      agent: 'DQN: 120-84, 4 updates of 128 each 40 steps',
      stepsPerSecond: await rate(deepQ(), Math.ceil(1000 * share)),
      peer: 13_600,
    },
    {
      agent: 'PPO: 2 x 64-64, 4 x 128 steps, 4 epochs of 4 minibatches',
      stepsPerSecond: await rate(proximal(), Math.ceil(80 * share)),
      peer: 11_500,
    },
  ];
}

/** The rows as Markdown. */
export function agentsTable(rows: readonly AgentsRow[]): string {
  return markdown(
    ['agent, CartPole-v1', 'environment steps/s:', 'CleanRL:', 'ratio:'],
    rows.map(({ agent, stepsPerSecond, peer }) => [
      agent,
      Math.round(stepsPerSecond).toLocaleString('en'),
      peer.toLocaleString('en'),
      (stepsPerSecond / peer).toFixed(2),
    ]),
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(agentsTable(await benchAgents()));
