// Serves samples of a run of images over HTTP: npx tsx examples/serve-samples.ts RUN [PORT]
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { samplePng } from 'weir-streams/plots';
import { loadRun } from 'weir-streams/runs';

const [directory = 'runs/images', port = '8080'] = process.argv.slice(2);
const run = await loadRun(directory, { kind: 'gan' });
const server = createServer(async ({ url = '/' }, answer) => {
  try {
    const { seed = '0', ...asked } = Object.fromEntries(new URL(url, 'http://localhost').searchParams);
    const samples = await run.sample({ ...asked, seed: Number(seed), count: 1 });
    answer.writeHead(200, { 'content-type': 'image/png' }).end(samplePng(samples, 0));
  } catch (error) {
    const wrong = error instanceof RangeError;
    answer.writeHead(wrong ? 400 : 500).end(wrong ? `${error.message}\n` : 'failed\n');
  }
});
server.listen(Number(port), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?seed=7`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => server.close(() => run.close()));
