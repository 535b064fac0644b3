// A run on /metrics, and traced: npx tsx examples/metrics-and-traces.ts [steps] [port]
import { createServer } from 'node:http';
import { take } from 'rxjs';
import { grid25, shuffled } from 'weir-streams/data';
import { openEngine } from 'weir-streams/engine';
import { adam, mlpCritic, mlpGenerator, train, wganGp } from 'weir-streams/models';
import { alongside, nCritic, pump, Run } from 'weir-streams/streams';
import { instrument, metrics, processRegistry, traces } from 'weir-streams/telemetry';

const [steps = 10_000, port = 9464] = process.argv.slice(2).map(Number);
const [run, { engine }] = [new Run(), await openEngine('auto')];
const [critic, generator] = [mlpCritic({ width: 64 }), mlpGenerator({ width: 64, outputs: 2 })];
const optimizers = { critic: adam({ rate: 1e-3 }), generator: adam({ rate: 1e-3 }) };
const gan = train(wganGp({ critic, generator, latent: 2, optimizers }), engine, { seed: 7 });
const server = createServer(async ({ headers }, response) => {
  const { contentType, body } = await processRegistry().scrape(headers.accept);
  response.setHeader('content-type', contentType).end(body);
}).listen(port, '127.0.0.1');
const training$ = pump(shuffled(grid25(), { size: 256, seed: 7 }), run).pipe(
  nCritic(1),
  take(steps),
  instrument('learn', gan.learn(run.gate)),
  alongside(console.warn, metrics({ kind: 'gan' }), traces()),
);
console.log(await run.done(training$).finally(() => server.close()));
