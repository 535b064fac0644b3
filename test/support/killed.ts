import { expect } from 'vitest';
import { checkpointNames } from './run-files.ts';
import { weirProcess } from './weir.ts';

/**
 * Trains in `<path>-whole` in one go, and in `<path>-killed` with three kills, each after one more
 * checkpoint, and a resume to the end.
 * @returns both run directories
 */
export async function wholeAndKilled(path: string, recipe: string, args: readonly string[]) {
  const whole = `${path}-whole`;
  expect(await weirProcess('train', recipe, ...args, '--out', whole).finished).toMatchObject({ code: 0 });

  const run = `${path}-killed`;
  let start = ['train', recipe, ...args, '--out', run];
  for (let kills = 0; kills < 3; kills++) {
    const before = checkpointNames(run).at(-1);
    const { child, finished, until } = weirProcess(...start);
    await until(() => checkpointNames(run).at(-1) !== before);
    child.kill('SIGKILL');
    const { signal, stderr } = await finished;
    if (signal !== 'SIGKILL') throw new Error(`ended before it was killed: ${stderr}`);
    start = ['resume', run, '--quiet', '--no-serve'];
  }
  expect(await weirProcess(...start).finished).toMatchObject({ code: 0, stderr: '' });
  return { whole, run };
}
