import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { WeirError } from '../../src/base/index.ts';
import {
  EngineUnavailableError,
  engineReport,
  openEngine,
  type Program,
  Value,
} from '../../src/engine/index.ts';
import { run } from '../support/programs.ts';
import { without } from '../support/without.ts';

const double: Program = {
  name: 'double',
  run: ({ x }) => ({ state: { x: tf.mul(x as tf.Tensor, 2) }, outputs: {} }),
};

describe('openEngine', () => {
  it('opens the engine that was asked for', async () => {
    for (const name of ['cpu', 'wasm', 'onnx']) {
      const { engine, reason } = await openEngine(name);
      expect(engine.name).toBe(name);
      expect(reason).toBe('asked for by name');
    }
  });

  it('takes onnx for auto where no GPU answers, and says why', async () => {
    const { engine, reason } = await openEngine('auto');
    expect(engine.name).toBe('onnx');
    expect(reason).toBe('no GPU answers to tensorflow');
  });

  it('warns where auto has to do without onnx, and names the version that belongs here', async () => {
    const program = `
      import { openEngine } from '${join(import.meta.dirname, '../../src/engine/index.ts')}';
      const said = [];
      process.on('warning', ({ message }) => said.push(message));
      for (const name of ['auto', 'wasm']) said.push((await openEngine(name)).engine.name);
      await new Promise(setImmediate);
      console.log(JSON.stringify(said.sort()));`;
    const { output } = await run(process.execPath, [
      ...without('onnxruntime-node'),
      '--no-warnings',
      '--import',
      'tsx',
      '--input-type',
      'module',
      '--eval',
      program,
    ]);
    const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const version = optionalDependencies['onnxruntime-node'];
    expect(JSON.parse(output)).toEqual([
      expect.stringContaining(`npm install onnxruntime-node@${version}, or take the engine wasm`),
      'wasm',
      'wasm',
    ]);
  });

  it('refuses another name, and lists those that there are', async () => {
    await expect(openEngine('cuda')).rejects.toThrow(
      new RangeError(
        'engine: expected one of auto, tensorflow, onnx, onnx:webgpu, onnx:cuda, wasm, cpu, got "cuda"',
      ),
    );
  });

  it('refuses an engine that cannot be had on this machine, and names another', async () => {
    const error = await openEngine('tensorflow').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EngineUnavailableError);
    expect(error).toMatchObject({
      message: expect.stringContaining('npm install @tensorflow/tfjs-node-gpu'),
    });
  });

  it('can be called many times at once, and its engines share what they started', async () => {
    const opened = await Promise.all(['wasm', 'cpu', 'auto', 'wasm', 'cpu'].map((name) => openEngine(name)));
    const sessions = opened.map(({ engine }) => engine.open({ x: Value.scalar(1) }));
    for (let i = 0; i < 3; i++) for (const session of sessions) await session.run(double, {});
    for (const session of sessions) expect(session.read()).toEqual({ x: Value.scalar(8) });
    for (const session of sessions) session.close();
  });

  it('disturbs no session of another engine while it starts one', async () => {
    const { engine } = await openEngine('cpu');
    const session = engine.open({ x: Value.scalar(1) });
    const opening = openEngine('wasm');
    await session.run(double, {});
    await opening;
    await session.run(double, {});
    expect(session.read()).toEqual({ x: Value.scalar(4) });
    session.close();
  });
});

describe('engineReport', () => {
  it('tells of every engine whether it works here, and of auto what it takes and why', async () => {
    const { engines, auto } = await engineReport();
    const status = new Map(engines.map((engine) => [engine.name, engine]));
    expect([...status.keys()]).toEqual(['tensorflow', 'onnx', 'wasm', 'cpu']);
    for (const name of ['onnx', 'wasm', 'cpu']) expect(status.get(name)).toMatchObject({ available: true });
    expect(status.get('tensorflow')!.available).toBe(false);
    expect(status.get('tensorflow')!.detail).toContain('npm install @tensorflow/tfjs-node-gpu@4.22.0');
    expect(status.get('wasm')!.detail).toContain('WebAssembly');
    expect(auto).toEqual({ name: 'onnx', reason: 'no GPU answers to tensorflow' });
  });
});

describe('EngineUnavailableError', () => {
  it('has a stable code and is the business of whoever chose the engine', () => {
    const cause = new Error('no such file');
    const error = new EngineUnavailableError('not here', { cause });
    expect(error).toBeInstanceOf(WeirError);
    expect(error).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      kind: 'input',
      name: 'EngineUnavailableError',
      message: 'not here',
      cause,
    });
  });
});
