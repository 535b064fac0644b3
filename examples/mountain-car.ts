// Tabular Q-learning on the mountain car: npx tsx examples/mountain-car.ts [episodes]
import { filter, tap } from 'rxjs';
import { CheckpointStore } from 'weir-streams/checkpoint';
import * as rl from 'weir-streams/rl';
import { alongside, barrier, every, pump, Run } from 'weir-streams/streams';

const [run, last] = [new Run(), Number(process.argv[2] ?? 20_000)];
const car = () => rl.discretised(rl.mountainCar(), [40, 40]);
const agent = rl.qLearning(car(), { alpha: 0.2, gamma: 0.99, explore: rl.epsilonGreedy(0.002), seed: 7 });
const store = new CheckpointStore('runs/mountain-car');
const tell = tap<rl.Episode>(({ index, mean }) => console.log(`step ${index}: mean return ${mean}`));
const isThousandth = () => agent.interaction.episodes() % 1_000 === 0;

const training$ = pump(rl.ticks({ ended: () => agent.interaction.episodes() === last }), run).pipe(
  agent.interaction,
  agent.learn(),
  barrier(every(1_000_000), run.gate, () => store.save(agent.save())),
  alongside(console.warn, (events$) => events$.pipe(rl.episodes(100), filter(isThousandth), tell)),
);
process.once('SIGINT', () => run.stop());
console.log(await run.done(training$), (await rl.evaluateGreedy(car(), agent)).returnMean);
