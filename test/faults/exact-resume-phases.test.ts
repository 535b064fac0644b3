import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointStore } from '../../src/checkpoint/index.ts';
import { checkpointNames, newestDigest, timelessLog } from '../support/run-files.ts';
import { scratchFolder, weirProcess } from '../support/weir.ts';

const root = scratchFolder();

/** 4x4 for 12 steps, to 8x8 for 12, 8x8 for 12, to 16x16 for 12, 16x16 for 12. */
const last = 60;
const args = (engine: string) => [
  ...['--engine', engine, '--data', 'shapes:16', '--batch', '4', '--steps', String(last)],
  ...['fade=12', 'stay=12', 'filters=4', 'latent=4'].flatMap((option) => ['--set', option]),
  ...['--quiet', '--no-serve', '--checkpoint-every', '1'],
];

/** Steps of the checkpoints in a run directory. */
const newest = (run: string) => Number(/\d+/.exec(checkpointNames(run).at(-1) ?? '0')![0]);

/** Before, at and behind the borders at 12 and 36, and in the middle of both fades. */
const stops = [11, 12, 13, 18, 35, 36, 37, 42];

describe('progressive-gan', () => {
  it.each(['onnx', 'wasm'])(
    'killed before, at and behind borders and in fades comes to the same bytes as in one go (%s)',
    async (engine) => {
      const whole = join(root, `${engine}-whole`);
      const first = weirProcess('train', 'progressive-gan', ...args(engine), '--out', whole);
      expect(await first.finished).toMatchObject({ code: 0 });

      const run = join(root, `${engine}-killed`);
      const store = new CheckpointStore(join(run, 'checkpoints'));
      let start = ['train', 'progressive-gan', ...args(engine), '--out', run];
      const reached: number[] = [];
      for (const stop of stops) {
        if (newest(run) > stop) continue;
        const { child, finished, until } = weirProcess(...start);
        await until(() => newest(run) >= stop);
        child.kill('SIGKILL');
        const { signal, stderr } = await finished;
        if (signal !== 'SIGKILL') throw new Error(`ended before it was killed: ${stderr}`);
        reached.push((await store.latest())!.index);
        start = ['resume', run, '--quiet', '--no-serve'];
      }
      // Every phase but the last was entered and left by a killed process.
      expect(reached.some((index) => index >= 11 && index < 24)).toBe(true);
      expect(reached.some((index) => index >= 35 && index < 48)).toBe(true);
      expect(await weirProcess(...start).finished).toMatchObject({ code: 0, stderr: '' });
      console.info(`${engine}: killed behind steps ${reached.join(', ')}`);
      expect(newestDigest(run)).toBe(newestDigest(whole));
      expect(timelessLog(run)).toBe(timelessLog(whole));
    },
  );
});
