// WGAN-GP on images of the MNIST family: npx tsx examples/wgan-gp-images.ts DIR [steps]
import { writeFileSync } from 'node:fs';
import { take, tap } from 'rxjs';
import { idxImages, shuffled } from 'weir-streams/data';
import { openEngine } from 'weir-streams/engine';
import { adam, convCritic, convGenerator, train, wganGp } from 'weir-streams/models';
import { imageGrid } from 'weir-streams/plots';
import { alongside, nCritic, pump, Run } from 'weir-streams/streams';

const [folder = 'fashion-mnist', steps = '600'] = process.argv.slice(2);
const [run, { engine }] = [new Run(), await openEngine('auto')];
const shape = { size: 28, channels: 1, filters: 16 } as const;
const optimizer = adam({ rate: 1e-4, beta1: 0, beta2: 0.9 });
const optimizers = { critic: optimizer, generator: optimizer };
const nets = { critic: convCritic(shape), generator: convGenerator(shape) };
const gan = train(wganGp({ ...nets, latent: 64, penalty: 10, optimizers }), engine, { seed: 7 });

const training$ = pump(shuffled(await idxImages(folder), { size: 64, seed: 7 }), run).pipe(
  nCritic(5),
  take(Number(steps)),
  gan.learn(run.gate),
  alongside(console.warn, (events$) => events$.pipe(tap(({ index, values }) => console.log(index, values)))),
);
console.log(await run.done(training$));
writeFileSync('samples.png', imageGrid(await gan.sample(64)).png());
