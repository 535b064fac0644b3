import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { listenTo } from '../support/event-source.ts';
import { rawRequest, statuses } from '../support/raw-request.ts';
import { rawRequests } from '../support/raw-request-table.ts';
import { scratchFolder, weirProcess } from '../support/weir.ts';

const root = scratchFolder();
const steps = 2000;

const args = (out: string) => [
  'train',
  'wgan-gp',
  '--engine',
  'onnx',
  '--steps',
  String(steps),
  '--checkpoint-every',
  String(steps),
  '--out',
  out,
];

const digest = (run: string) => {
  const name = `checkpoint-${String(steps).padStart(10, '0')}.safetensors`;
  return createHash('sha256')
    .update(readFileSync(join(run, 'checkpoints', name)))
    .digest('hex');
};

/**
 * The longest and the middle one of the steps, in milliseconds, without the first ones that
 * compile.
 */
function stepsOf(run: string): { longest: number; middle: number } {
  const lines = readFileSync(join(run, 'log.jsonl'), 'utf8').trimEnd().split('\n').slice(10);
  const seconds = lines.map((line) => Number(JSON.parse(line).seconds)).sort((a, b) => a - b);
  return { longest: 1000 * seconds.at(-1)!, middle: 1000 * seconds[seconds.length >> 1]! };
}

function timed(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const request = get(url, { agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(performance.now() - began));
    });
    request.on('error', reject);
  });
}

it('a run that is watched and attacked all the time comes to the same bytes as one that nobody sees', async () => {
  const alone = join(root, 'alone');
  expect(await weirProcess(...args(alone), '--no-serve').finished).toMatchObject({ code: 0 });

  const [run, token] = [join(root, 'watched'), join(root, 'token')];
  const { finished, said } = weirProcess(...args(run), '--port', '0', '--control', token);
  const [, url = ''] = await said(/live page on (\S+)\n/);
  const port = Number(new URL(url).port);
  const secret = readFileSync(token, 'utf8').trim();
  const pages = await Promise.all([listenTo(url), listenTo(url), listenTo(url)]);
  let going = true;
  void finished.then(() => {
    going = false;
  });

  // Everything but what would be obeyed.
  const attacks = rawRequests(secret).filter(([, , expected]) => expected[0] !== 200 && expected.length > 0);
  let attacked = 0;
  const attack = async () => {
    while (going) {
      const [what, bytes, expected] = attacks[attacked++ % attacks.length]!;
      const answered = statuses(await rawRequest(port, bytes, expected.length));
      if (going && answered.length > 0) expect([what, ...answered]).toEqual([what, ...expected]);
    }
  };
  const waits: number[] = [];
  const ask = async () => {
    for (let i = 0; going; i++) {
      const path = ['healthz', 'api/runs', 'api/series?run=watched&max=1000', 'api/runs/watched'][i % 4]!;
      const wait = await timed(url + path).catch(() => undefined);
      if (wait !== undefined) waits.push(wait);
      await sleep(25);
    }
  };
  await Promise.all([attack(), attack(), ask()]);
  expect(await finished).toMatchObject({ code: 0 });
  for (const page of pages) page.close();

  const { longest, middle } = stepsOf(run);
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.floor(share * (waits.length - 1))]!.toFixed(1);
  console.info(
    `${attacked} attacks; ${waits.length} requests answered within ${at(0.5)} ms (median), ${at(0.99)} (p99), ${at(1)} (longest); ` +
      `steps took ${middle.toFixed(1)} ms (median), ${longest.toFixed(1)} (longest)`,
  );
  expect(attacked).toBeGreaterThan(60);
  expect(waits.length).toBeGreaterThan(20);
  expect(digest(run)).toBe(digest(alone));
});
