// WGAN-GP on 25 Gaussians, composed by hand: npx tsx examples/wgan-gp-points.ts [steps]
import { take } from 'rxjs';
import { CheckpointStore } from 'weir-streams/checkpoint';
import { grid25, shuffled } from 'weir-streams/data';
import { openEngine } from 'weir-streams/engine';
import { mixtureQuality } from 'weir-streams/evaluation';
import { adam, mlpCritic, mlpGenerator, train, wganGp } from 'weir-streams/models';
import { barrier, every, nCritic, pump, Run } from 'weir-streams/streams';

const [data, run, { engine }] = [grid25(), new Run(), await openEngine('auto')];
const [critic, generator] = [mlpCritic({ width: 64 }), mlpGenerator({ width: 64, outputs: 2 })];
const optimizer = adam({ rate: 1e-3, beta1: 0, beta2: 0.99 });
const optimizers = { critic: optimizer, generator: optimizer };
const gan = train(wganGp({ critic, generator, latent: 2, penalty: 0.1, optimizers }), engine, { seed: 7 });
const store = new CheckpointStore('runs/by-hand');

const training$ = pump(shuffled(data, { size: 256, seed: 7 }), run).pipe(
  nCritic(1), // one critic step, then one generator step
  take(Number(process.argv[2] ?? 10_000)),
  gan.learn(run.gate), // steps with batches in, losses and metrics out
  barrier(every(1_000), run.gate, async () => store.save(await gan.save())), // no step runs meanwhile
);
process.once('SIGINT', () => run.stop());
console.log(await run.done(training$), mixtureQuality(await gan.sample(2_500), data));
