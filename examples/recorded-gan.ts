// Records a GAN, and resumes it when it is run again: npx tsx examples/recorded-gan.ts [steps]
import { take } from 'rxjs';
import { ring8, shuffled } from 'weir-streams/data';
import { openEngine } from 'weir-streams/engine';
import { mixtureQuality } from 'weir-streams/evaluation';
import { adam, gan, hinge, mlpCritic, mlpGenerator, train } from 'weir-streams/models';
import { record } from 'weir-streams/runs';
import { nCritic, pump, Run } from 'weir-streams/streams';

const [data, run, { engine }] = [ring8(), new Run(), await openEngine('cpu')];
const [steps, config] = [Number(process.argv[2] ?? 10_000), { width: 32, rate: 1e-3, size: 64, seed: 7 }];
const { width, rate, size, seed } = config;
const [critic, generator] = [mlpCritic({ width }), mlpGenerator({ width, outputs: 2 })];
const optimizers = { critic: adam({ rate }), generator: adam({ rate }) };
const learner = train(gan({ critic, generator, latent: 2, loss: hinge(), optimizers }), engine, { seed });
const events = () =>
  pump(shuffled(data, { size, seed, start: learner.index }), run).pipe(
    nCritic(1),
    take(steps - learner.index),
    learner.learn(run.gate),
  );
const report = await record(run, { dir: 'runs/own', config, learner, steps, events, checkpointEvery: 100 });
console.log(report, mixtureQuality(await learner.sample(2_500), data));
