import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratchFolder, small, weir } from '../../support/weir.ts';

const root = scratchFolder();
const run = join(root, 'run');

beforeAll(() => weir('train', 'wgan-gp', ...small, '--steps', '4', '--out', run));

describe('weir export', () => {
  it('writes a model that onnxruntime loads, and weights with plain names', async () => {
    const [onnx, tensors] = [join(root, 'new', 'folder', 'g.onnx'), join(root, 'g.safetensors')];
    const { code, stdout, stderr } = await weir('export', run, '--onnx', onnx, '--safetensors', tensors);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(
      `${onnx}\ngenerator: noise [batch, 2] -> samples [batch, 2]\nopset 18: Gemm, Relu\n`,
    );
    expect(stdout).toMatch(/largest difference from cpu: \d\.\de[+-]\d+ \(at most 0\.00001\)/);
    const session = await ort.InferenceSession.create(onnx);
    expect(session.inputNames).toEqual(['noise']);
    expect(readFileSync(tensors, 'latin1')).toContain('"generator.0.kernel"');
    expect(readdirSync(join(root, 'new', 'folder'))).toEqual(['g.onnx']);
  });

  it('gives the same bytes again, in place of the file that was there', async () => {
    const onnx = join(root, 'twice.onnx');
    writeFileSync(onnx, 'something else');
    await weir('export', run, '--onnx', onnx);
    const first = readFileSync(onnx);
    await weir('export', run, '--onnx', onnx);
    expect(readFileSync(onnx)).toEqual(first);
  });

  it('prints what it has written as JSON', async () => {
    const onnx = join(root, 'json.onnx');
    const { stdout } = await weir('export', run, '--onnx', onnx, '--what', 'critic', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      onnx: { file: onnx, what: 'critic', opset: 18, operators: ['Gemm', 'Relu'] },
    });
  });

  const file = join(root, 'refused.onnx');
  it.each([
    [[], 'export: expected --onnx, --safetensors or --web, got none of them'],
    [['--onnx', join(root, 'refused.bin')], '--onnx: expected a file whose name ends in .onnx'],
    [['--safetensors', file], '--safetensors: expected a file whose name ends in .safetensors'],
    [
      ['--onnx', file, '--what', 'policy'],
      '--what: expected a network of wgan-gp (generator, critic), got "policy"',
    ],
    [['--web', run], '--web: expected a new or empty folder, or one with a page of weir export'],
    [
      ['--web', join(root, 'web'), '--what', 'critic'],
      '--what: expected generator, policy or q for a page, got critic',
    ],
    [['--onnx', join(run, 'log.jsonl', 'a.onnx')], 'export: expected a file that can be written, got'],
    [['--onnx', join(root, 'is-a-folder.onnx')], 'export: expected a file that can be written, got'],
  ])('refuses %j', async (args, message) => {
    mkdirSync(join(root, 'is-a-folder.onnx'), { recursive: true });
    const refused = await weir('export', run, ...args);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(message);
    expect(existsSync(file)).toBe(false);
  });
});
