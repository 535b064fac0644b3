import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratchFolder, small, weirProcessIn } from '../support/weir.ts';
import { without } from '../support/without.ts';

const root = scratchFolder();
const [, , ...tiny] = small;
const warning =
  'weir: engine auto takes wasm, which is many times slower: engine onnx: onnxruntime-node does not load here. ' +
  'Install it with ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node@1.30.0, or take the engine wasm';

/** The warnings of a command that has no onnxruntime-node, as where npm left it out. */
async function warnings(...args: string[]): Promise<string[]> {
  const lacking = { NODE_OPTIONS: without('onnxruntime-node').join(' ') };
  const { code, stderr } = await weirProcessIn(lacking, ...args, '--no-serve').finished;
  expect(code, stderr).toBe(0);
  return stderr.split('\n').filter((line) => /onnxruntime|slower/.test(line));
}

it('says at every start, in one line, that wasm was taken since onnx is missing, and what to do', async () => {
  const run = join(root, 'run');
  expect(await warnings('train', 'wgan-gp', ...tiny, '--steps', '4', '--out', run)).toEqual([warning]);
  expect(await warnings('resume', run, '--steps', '6')).toEqual([warning]);
});

it('says nothing where wasm is asked for, or where the command is to be quiet', async () => {
  const run = join(root, 'asked');
  const asked = ['--engine', 'wasm'];
  expect(await warnings('train', 'wgan-gp', ...tiny, ...asked, '--steps', '4', '--out', run)).toEqual([]);
  expect(await warnings('resume', run, ...asked, '--steps', '6')).toEqual([]);
  expect(await warnings('resume', run, '--quiet', '--steps', '8')).toEqual([]);
});
