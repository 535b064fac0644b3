import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../src/checkpoint/index.ts';
import { checkpointOf, restore } from '../../src/runs/index.ts';
import { smallRun } from '../support/run.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();
const throughFile = (checkpoint: Parameters<typeof encode>[0]) => decode(Buffer.concat(encode(checkpoint)));

describe('checkpointOf and restore', () => {
  it('carry a run over to another process', async () => {
    const { config, assembly } = await smallRun(join(root, 'a'));
    const other = await smallRun(join(root, 'b'));
    const checkpoint = throughFile(checkpointOf(config, assembly));
    expect(checkpoint.state).toMatchObject({
      index: 0,
      seed: 1,
      system: 'wgan-gp',
      recipe: 'wgan-gp',
      batch: 8,
    });
    restore({ ...checkpoint, state: { ...checkpoint.state, index: 7 } }, other.config, other.assembly);
    expect(other.assembly.trainer.index).toBe(7);
  });

  it('say nothing of steps, times or places, so that a run may be made longer and moved', async () => {
    const short = await smallRun(join(root, 'short'), { steps: 5 });
    const long = await smallRun(join(root, 'long'), { steps: 500 });
    const bytes = ({ config, assembly }: typeof short) =>
      Buffer.concat(encode(checkpointOf(config, assembly)));
    expect(bytes(short)).toEqual(bytes(long));
  });

  it.each([
    ['batch', { batch: 9 }],
    ['options', { set: new Map([['width', 5]]) }],
    ['data', { seed: 2 }, '; the data has changed, or --data names other data'],
  ])('refuse another %s by name', async (name, wishes, hint = '') => {
    const { config, assembly } = await smallRun(join(root, `from-${name}`));
    const other = await smallRun(join(root, `to-${name}`), wishes);
    const checkpoint = throughFile(checkpointOf(config, assembly));
    expect(() => restore(checkpoint, other.config, other.assembly)).toThrow(
      new RegExp(`^run directory: expected a checkpoint of ${name} .* got [^;]*${hint}$`),
    );
  });

  it('print of the options only those that differ', async () => {
    const made = await smallRun(join(root, 'wide'), { set: new Map([['width', 5]]) });
    const other = await smallRun(join(root, 'narrow'), { set: new Map([['width', 6]]) });
    const checkpoint = throughFile(checkpointOf(made.config, made.assembly));
    expect(() => restore(checkpoint, other.config, other.assembly)).toThrow(
      'run directory: expected a checkpoint of options {"width":6}, as the run is configured, got {"width":5}',
    );
  });
});
