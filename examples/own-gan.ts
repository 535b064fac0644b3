// A GAN of parts, with packing, hinge loss and a gate: npx tsx examples/own-gan.ts [steps]
import { take } from 'rxjs';
import { ring8, shuffled } from 'weir-streams/data';
import { openEngine } from 'weir-streams/engine';
import { mixtureQuality } from 'weir-streams/evaluation';
import { adam, drift, gan, hinge, mlpCritic, mlpGenerator, spectralNorm, train } from 'weir-streams/models';
import { above, gated, pump, Run, ttur } from 'weir-streams/streams';

const [data, run, { engine }] = [ring8(), new Run(), await openEngine('auto')];
const optimizer = adam({ rate: 1e-3, beta1: 0.5 });
const critic = mlpCritic({ width: 64, constraint: spectralNorm });
const generator = mlpGenerator({ width: 64, outputs: 2 });
const optimizers = { critic: optimizer, generator: optimizer };
const [loss, penalties] = [hinge(), [drift(1e-3)]];
const system = gan({ critic, generator, latent: 2, loss, penalties, packing: 2, average: 0.99, optimizers });
const trainer = train(system, engine, { seed: 7 });
const ahead = { player: 'critic', instead: 'generator', when: above('generator', 'fakeAccuracy', 0.95) };
const training$ = pump(shuffled(data, { size: 128, seed: 7 }), run).pipe(
  ttur({ critic: 1e-3, generator: 2.5e-4 }),
  gated([ahead], trainer.latest),
  take(Number(process.argv[2] ?? 10_000)),
  trainer.learn(run.gate),
);
console.log(await run.done(training$), mixtureQuality(await trainer.sample(2_500), data));
