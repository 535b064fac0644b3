import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointStore } from 'weir-streams/checkpoint';
import { flattenTree } from 'weir-streams/engine';
import { smallCheckpoint } from './small-checkpoint.ts';
import { temporaryFolder } from './temporary-folder.ts';

const python = process.env.PYTHON ?? 'python3';
const present = spawnSync(python, ['--version']).status === 0;
if (!present) console.info(`${python} is not here: checkpoints are not read from Python`);

describe('a checkpoint', () => {
  it.skipIf(!present)('is read from Python by the published rules, hash included', async () => {
    const store = new CheckpointStore(temporaryFolder());
    const { path } = await store.save(smallCheckpoint());
    const script = join(import.meta.dirname, 'read-safetensors.py');
    const {
      state,
      tensors,
      package: version,
    } = JSON.parse(execFileSync(python, [script, path], { encoding: 'utf8' }));
    console.info(version === null ? 'the package safetensors is not here' : `safetensors ${version} agrees`);

    const codes = { float32: 'F32', int32: 'I32', bool: 'BOOL' };
    const expected = [...flattenTree(smallCheckpoint().tensors)].map(([name, { dtype, shape, data }]) => {
      const bits = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');
      return [name, { dtype: codes[dtype], shape, bits }];
    });
    expect(tensors).toEqual(Object.fromEntries(expected));
    expect(state).toEqual(smallCheckpoint().state);
  });
});
