import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointStore } from '../../src/checkpoint/index.ts';
import { checkpointNames, newestDigest, timelessLog } from '../support/run-files.ts';
import { scratchFolder, weirProcess } from '../support/weir.ts';

const root = scratchFolder();

interface Phased {
  readonly steps: number;
  readonly data: string;
  readonly set: readonly string[];
  /** Steps behind which the run is killed: before, at and behind borders, and within phases. */
  readonly stops: readonly number[];
  /** Phases that a killed process must have left, by their first step and that of the next. */
  readonly left: readonly (readonly [number, number])[];
}

const systems: Readonly<Record<string, Phased>> = {
  // 4x4 for 12 steps, to 8x8 for 12, 8x8 for 12, to 16x16 for 12, 16x16 for 12.
  'progressive-gan': {
    steps: 60,
    data: 'shapes:16',
    set: ['fade=12', 'stay=12', 'filters=4', 'latent=4'],
    stops: [11, 12, 13, 18, 35, 36, 37, 42],
    left: [
      [11, 24],
      [35, 48],
    ],
  },
  // The encoder for 12 steps, the levels apart for 12, together for 16.
  'stacked-gan': {
    steps: 40,
    data: 'ring8',
    set: ['encoder-steps=12', 'apart-steps=12', 'width=6', 'features=4', 'latent=2'],
    stops: [11, 12, 13, 18, 23, 24, 25],
    left: [
      [11, 24],
      [23, 40],
    ],
  },
};

/** Steps of the newest checkpoint in a run directory. */
const newest = (run: string) => Number(/\d+/.exec(checkpointNames(run).at(-1) ?? '0')![0]);

describe.each(Object.entries(systems))('%s', (recipe, { steps, data, set, stops, left }) => {
  const args = (engine: string) => [
    ...['--engine', engine, '--data', data, '--batch', '4', '--steps', String(steps)],
    ...set.flatMap((option) => ['--set', option]),
    ...['--quiet', '--no-serve', '--checkpoint-every', '1'],
  ];

  it.each(['onnx', 'wasm'])(
    'killed before, at and behind borders and in phases comes to the same bytes as in one go (%s)',
    async (engine) => {
      const whole = join(root, `${recipe}-${engine}-whole`);
      const first = weirProcess('train', recipe, ...args(engine), '--out', whole);
      expect(await first.finished).toMatchObject({ code: 0 });

      const run = join(root, `${recipe}-${engine}-killed`);
      const store = new CheckpointStore(join(run, 'checkpoints'));
      let start = ['train', recipe, ...args(engine), '--out', run];
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
      for (const [begin, end] of left)
        expect(reached.some((index) => index >= begin && index < end)).toBe(true);
      expect(await weirProcess(...start).finished).toMatchObject({ code: 0, stderr: '' });
      console.info(`${recipe}, ${engine}: killed behind steps ${reached.join(', ')}`);
      expect(newestDigest(run)).toBe(newestDigest(whole));
      expect(timelessLog(run)).toBe(timelessLog(whole));
    },
  );
});
