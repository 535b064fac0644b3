import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CheckpointStore } from '../../src/checkpoint/index.ts';
import { integer, keyOf } from '../../src/engine/index.ts';
import { checkpointNames, newestDigest, timelessLog } from '../support/run-files.ts';
import { scratchFolder, weirProcess } from '../support/weir.ts';

const root = scratchFolder();
const killsEach = 4;
const lengths = { cpu: 300, wasm: 600, onnx: 600 } as const;

const args = (engine: keyof typeof lengths) => [
  '--engine',
  engine,
  '--batch',
  '32',
  '--set',
  'width=16',
  '--set',
  'depth=2',
  '--quiet',
  '--steps',
  String(lengths[engine]),
  '--checkpoint-every',
  '5',
];

/** Steps of the checkpoints in a run directory. */
const steps = (run: string) => checkpointNames(run).map((name) => Number(/\d+/.exec(name)![0]));

describe.each(['wgan', 'wgan-gp'])('%s', (recipe) => {
  it.each(['cpu', 'wasm', 'onnx'] as const)(
    'killed again and again on %s comes to the same bytes as in one go',
    async (engine) => {
      const whole = join(root, `${recipe}-${engine}-whole`);
      expect(await weirProcess('train', recipe, ...args(engine), '--out', whole).finished).toMatchObject({
        code: 0,
      });

      const run = join(root, `${recipe}-${engine}-killed`);
      const store = new CheckpointStore(join(run, 'checkpoints'));
      let start = ['train', recipe, ...args(engine), '--out', run];
      let kills = 0;
      for (let round = 0; kills < killsEach && round < 4 * killsEach; round++) {
        const before = steps(run).at(-1) ?? -1;
        const { child, finished, until } = weirProcess(...start);
        await until(() => (steps(run).at(-1) ?? -1) > before);
        await sleep(integer(keyOf(round, recipe), 150));
        const acknowledged = steps(run).at(-1)!;
        child.kill('SIGKILL');
        const { signal, stderr } = await finished;
        if (signal !== 'SIGKILL') throw new Error(`ended before it was killed: ${stderr}`);
        kills++;
        const latest = await store.latest();
        expect(latest?.skipped).toEqual([]);
        expect(latest?.index).toBeGreaterThanOrEqual(acknowledged);
        start = ['resume', run, '--quiet'];
        if (latest!.index >= lengths[engine] - 100) break;
      }
      expect(kills).toBe(killsEach);
      expect(await weirProcess(...start).finished).toMatchObject({ code: 0, stderr: '' });
      expect(newestDigest(run)).toBe(newestDigest(whole));
      expect(timelessLog(run)).toBe(timelessLog(whole));
    },
  );
});
