import { describe, expect, it } from 'vitest';
import { engineReport } from '../../src/engine/index.ts';

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
