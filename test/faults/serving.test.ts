import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { buildProgram, runBuilt } from '../support/built.ts';
import { scratchFolder, untilOrEnd } from '../support/weir.ts';

const root = scratchFolder();
const script = (name: string, code: string) => {
  const file = join(root, 'program', name);
  writeFileSync(file, code);
  return file;
};

beforeAll(async () => {
  const entry = await buildProgram(root);
  for (const args of [
    ['wgan-gp', '--set', 'width=16'],
    ['dcgan', '--data', 'shapes:32', '--set', 'filters=2'],
    ['cart-pole-ppo'],
  ]) {
    const train = ['train', ...args, '--steps', '2', '--no-serve', '--quiet', '--out', args[0]!];
    expect(await runBuilt(entry, train, root)).toMatchObject({ code: 0 });
  }
});

it('samples and acts in several worker threads and the main thread at once, and ends by itself', async () => {
  script(
    'use.mjs',
    `import { loadRun } from './dist/runs/index.js';
     export async function use(folder) {
       const [points, images] = await Promise.all(
         ['wgan-gp', 'dcgan'].map((name) => loadRun(folder + '/' + name, { kind: 'gan' })),
       );
       const agent = await loadRun(folder + '/cart-pole-ppo', { kind: 'agent' });
       const drawn = [];
       for (let seed = 0; seed < 50; seed++) {
         const [point, image] = await Promise.all([points.sample({ seed }), images.sample({ seed })]);
         drawn.push([...point.data], image.data.reduce((sum, x) => sum + x, 0));
         drawn.push(agent.act(Float32Array.of(0.01 * seed, 0, 0.02, -0.1)));
       }
       for (const run of [points, images, agent]) run.close();
       return drawn;
     }`,
  );
  script(
    'worker.mjs',
    `import { parentPort, workerData } from 'node:worker_threads';
     import { use } from './use.mjs';
     parentPort.postMessage(await use(workerData));`,
  );
  const main = script(
    'main.mjs',
    `import { Worker } from 'node:worker_threads';
     import { use } from './use.mjs';
     const folder = process.argv[2];
     const inWorker = () => new Promise((resolve, reject) => {
       let answer;
       const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: folder });
       worker.once('message', (drawn) => { answer = drawn; });
       worker.once('error', reject);
       worker.once('exit', (code) => resolve({ code, answer }));
     });
     const [here, ...workers] = await Promise.all([use(folder), inWorker(), inWorker()]);
     const again = await inWorker();
     console.log(JSON.stringify({ here, workers: [...workers, again] }));`,
  );
  const { code, stdout, stderr, byItself } = await runBuilt(main, [root], root);
  expect({ code, stderr, byItself }).toEqual({ code: 0, stderr: '', byItself: true });
  const { here, workers } = JSON.parse(stdout);
  expect(here).toHaveLength(150);
  expect(workers).toEqual([1, 2, 3].map(() => ({ code: 0, answer: here })));
});

it('serves thousands of samples over HTTP without taking more memory, and stops in order', async () => {
  const built = readFileSync(join(import.meta.dirname, '../../examples/serve-samples.ts'), 'utf8')
    .replaceAll("'weir-streams/", "'./dist/")
    .replaceAll(/'(\.\/dist\/\w+)'/g, "'$1/index.js'")
    .replace(/^import type .*$/m, '')
    .replaceAll(/ as (?:AddressInfo|const)/g, '');
  const server = spawn(process.execPath, [script('serve.mjs', built), join(root, 'dcgan'), '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  server.stdout.on('data', (chunk) => (said += chunk));
  const ended = new Promise((resolve) => server.once('close', resolve));
  await untilOrEnd(server, () => said.includes('\n'));
  const ask = async (from: number, count: number) => {
    for (let seed = from; seed < from + count; seed += 20) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => fetch(new URL(`?seed=${seed + i}`, said.trim()))),
      );
      for (const answer of answers) {
        expect(answer.status).toBe(200);
        expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(60);
      }
    }
  };
  const mebibytes = () => {
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1024;
  };
  await ask(0, 2_000);
  const before = mebibytes();
  await ask(2_000, 4_000);
  const grown = mebibytes() - before;
  console.info(`memory after 2,000 requests ${Math.round(before)} MiB, 4,000 later ${grown.toFixed(1)} more`);
  // Requests that kept their samples and pictures, 12 KiB and 3, would add 60 MiB.
  expect(grown).toBeLessThan(32);
  server.kill('SIGTERM');
  expect(await ended).toBe(0);
});
