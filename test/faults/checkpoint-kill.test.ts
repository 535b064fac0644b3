import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CheckpointStore, decode } from 'weir-streams/checkpoint';
import { integer, keyOf } from 'weir-streams/engine';

const rounds = Number(process.env.WEIR_KILL_ROUNDS ?? 20);
const saver = join(import.meta.dirname, 'checkpoint-saver.ts');

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-kill-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Runs the saver, kills it some time after its first save, and gives the last step that it
 * acknowledged.
 */
async function saveUntilKilled(way: 'store' | 'naive', folder: string, weights: number, round: number) {
  const child = spawn(process.execPath, ['--import', 'tsx', saver, way, folder, String(weights)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise<NodeJS.Signals | null>((resolve) =>
    child.on('close', (_, signal) => resolve(signal)),
  );
  let output = '';
  await new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      resolve();
    });
    child.on('close', () => resolve());
  });
  await delay(20 + integer(keyOf(1, `kill ${way} ${weights}`, round), 150));
  child.kill('SIGKILL');
  expect(await closed).toBe('SIGKILL');
  return (
    output
      .split('\n')
      .filter((line) => /^\d+$/.test(line))
      .map(Number)
      .at(-1) ?? 0
  );
}

describe.each([
  ['1 kB', 250, 0],
  ['8 MB', 2_000_000, 1],
])('a process that saves %s over and over and is killed at random', (_, weights, leastHits) => {
  it(`tears nothing and loses nothing that was acknowledged, ${rounds} times`, async () => {
    const folder = temporaryFolder();
    const found = { saved: 0, killedWhileSaving: 0, torn: 0, lost: 0 };
    let acknowledged = 0;
    for (let round = 0; round < rounds; round++) {
      acknowledged = Math.max(acknowledged, await saveUntilKilled('store', folder, weights, round));
      if (readdirSync(folder).some((name) => name.endsWith('.tmp'))) found.killedWhileSaving++;

      const store = new CheckpointStore(folder);
      for (const { path, index } of await store.list()) {
        const checkpoint = await store.load(path).catch(() => undefined);
        if (checkpoint === undefined) found.torn++;
        else expect(checkpoint.tensors.get('weights')!.data.every((weight) => weight === index)).toBe(true);
      }
      if (((await store.latest())?.index ?? 0) < acknowledged) found.lost++;
    }
    found.saved = acknowledged;
    console.info(JSON.stringify(found));
    expect(found).toMatchObject({ torn: 0, lost: 0 });
    expect(found.killedWhileSaving).toBeGreaterThanOrEqual(leastHits);
    expect(found.saved).toBeGreaterThan(0);
  });
});

describe('a process that writes 8 MB over one name and is killed at random', () => {
  it('tears its only checkpoint sooner or later, so the kills do hit', async () => {
    let torn = 0;
    for (let round = 0; round < rounds; round++) {
      const folder = temporaryFolder();
      await saveUntilKilled('naive', folder, 2_000_000, round);
      const newest = join(folder, 'newest.safetensors');
      // On a busy machine it may be killed before its first byte.
      if (!existsSync(newest)) continue;
      try {
        decode(readFileSync(newest));
      } catch {
        torn++;
      }
    }
    console.info(`${torn} of ${rounds} torn`);
    expect(torn).toBeGreaterThan(0);
  });
});
