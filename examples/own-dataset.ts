// Data as an async iterable, read ahead: npx tsx examples/own-dataset.ts [steps]
import { take } from 'rxjs';
import { keyOf, normals, openEngine, Value } from 'weir-streams/engine';
import { mlpCritic, mlpGenerator, rmsprop, train, wgan } from 'weir-streams/models';
import { inOrder, numbered, prefetch, pump, Run } from 'weir-streams/streams';

/** Points on a tilted line, as if they came from a database or a sensor. */
async function* measurements() {
  for (let i = 0; ; i++) {
    const points = Array.from(normals(keyOf(7, 'measurements', i), [64]).data, (x) => [x, x / 2 + 1]);
    yield { examples: Value.of(points.flat(), [64, 2]) };
  }
}

const [run, { engine }] = [new Run(), await openEngine('auto')];
const optimizers = { critic: rmsprop({ rate: 5e-4 }), generator: rmsprop({ rate: 5e-4 }) };
const nets = { critic: mlpCritic({ width: 32 }), generator: mlpGenerator({ width: 32, outputs: 2 }) };
const gan = train(wgan({ ...nets, latent: 2, clip: 0.05, optimizers }), engine, { seed: 7 });
const training$ = pump(numbered(prefetch(measurements(), 4)), run).pipe(
  inOrder(['critic', 'critic', 'generator']),
  take(Number(process.argv[2] ?? 3_000)),
  gan.learn(run.gate),
);
console.log(await run.done(training$), (await gan.sample(3)).data);
