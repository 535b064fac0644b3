// An environment, tested and learned: npx tsx examples/own-environment.ts [steps]
import { take } from 'rxjs';
import * as rl from 'weir-streams/rl';
import { pump, Run } from 'weir-streams/streams';

/** A bakery: 0 to 3 loaves are baked and 0 to 3 are sold each day; a loaf that is left costs. */
const rules: rl.Dynamics<{ state: number; observation: number; action: number }> = {
  name: 'Bakery-v0',
  observation: rl.discrete(10),
  action: rl.discrete(4),
  start: () => 0,
  move(stock, baked, draws) {
    const sold = Math.min(stock + baked, draws.integer(4));
    const left = Math.min(stock + baked - sold, 9);
    return { state: left, reward: 3 * sold - baked - left, terminated: false };
  },
  observe: (stock) => stock,
};
const bakery = () => rl.timeLimit(rl.makeEnvironment(rules), 30);
for (const { check } of rl.environmentLaws(bakery)) check();

const run = new Run();
const agent = rl.qLearning(bakery(), { alpha: 0.02, gamma: 0.9, explore: rl.epsilonGreedy(0.2), seed: 2 });
const steps = Number(process.argv[2] ?? 200_000);
await run.done(pump(rl.ticks(), run).pipe(take(steps), agent.interaction, agent.learn()));

const { returnMean } = await rl.evaluateGreedy(bakery(), agent);
const policy = Array.from({ length: 10 }, (_, stock) => agent.greedy(stock));
console.log({ returnMean, policy });
