// A stream of one's own on /metrics, with what no recipe has: a source that is read ahead, and a
// value that Weir does not know. tsx test/support/own-run.ts PORT
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { concatMap } from 'rxjs';
import { alongside, numbered, prefetch, pump, Run } from '../../src/streams/index.ts';
import { instrument, measuredBuffer, metrics, processRegistry } from '../../src/telemetry/index.ts';

async function* measurements() {
  for (let i = 0; ; i++) {
    await setTimeout(5);
    yield i;
  }
}

createServer(async ({ headers }, response) => {
  const { contentType, body } = await processRegistry().scrape(headers.accept);
  response.setHeader('content-type', contentType).end(body);
}).listen(Number(process.argv[2]), '127.0.0.1');

const run = new Run();
const learnt$ = pump(numbered(prefetch(measurements(), 4, { watch: measuredBuffer('prefetch') })), run).pipe(
  instrument(
    'learn',
    concatMap(async ({ index }) => {
      await setTimeout(10);
      return { index, player: 'generator', seconds: 0.01, values: { temperature: 1 / (1 + index) } };
    }),
  ),
  alongside(console.warn, metrics()),
);
await run.done(learnt$);
