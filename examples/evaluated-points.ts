// WGAN-GP on 25 Gaussians, scored as it trains: npx tsx examples/evaluated-points.ts [steps]
import { Subject, take } from 'rxjs';
import { grid25, shuffled } from 'weir-streams/data';
import { openEngine } from 'weir-streams/engine';
import { type Evaluated, Evaluator, evaluate, stopEarly } from 'weir-streams/evaluation';
import { adam, mlpCritic, mlpGenerator, train, wganGp } from 'weir-streams/models';
import { barrier, every, nCritic, pump, Run } from 'weir-streams/streams';

const [run, dataset, { engine }] = [new Run(), grid25({ seed: 7 }), await openEngine('auto')];
const rule = adam({ rate: 2e-3, beta1: 0, beta2: 0.9 });
const nets = { critic: mlpCritic({ width: 64 }), generator: mlpGenerator({ width: 64, outputs: 2 }) };
const optimizers = { critic: rule, generator: rule };
const gan = train(wganGp({ ...nets, latent: 2, penalty: 0.1, optimizers }), engine, { seed: 7 });

const scores$ = new Subject<Evaluated>();
scores$.subscribe(({ index, values }) => console.log(`step ${index}`, values));
scores$.pipe(stopEarly('fid', 4)).subscribe({ complete: () => run.stop() });

const evaluator = await Evaluator.open({ dataset, engine, samples: 1000 });
const draw = (count: number, seed: number) => gan.sample(count, seed);
const scored = evaluate({ evaluator, draw, onScores: (evaluated) => scores$.next(evaluated) });
const batches = shuffled(dataset, { size: 256, seed: 7 });
const steps$ = pump(batches, run).pipe(nCritic(1), take(Number(process.argv[2] ?? 8000)));
console.log(await run.done(steps$.pipe(gan.learn(run.gate), barrier(every(500), run.gate, scored))));
