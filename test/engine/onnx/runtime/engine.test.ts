import { describe, expect, it } from 'vitest';
import { EngineUnavailableError, Value } from '../../../../src/engine/index.ts';
import { onnxEngine } from '../../../../src/engine/onnx/runtime/engine.ts';
import { checkedOptions, sessionOptions } from '../../../../src/engine/onnx/runtime/options.ts';
import { conformsToEngine } from '../../conformance.ts';
import { descend, rate, start } from './programs.ts';

conformsToEngine('onnx', onnxEngine);

describe('the compiled engine', () => {
  it('says what it is', async () => {
    expect(await onnxEngine()).toMatchObject({
      name: 'onnx',
      description: expect.stringMatching(/^compiled steps on ONNX Runtime \d+\.\d+\.\d+, 1 thread$/),
    });
    expect((await onnxEngine({ threads: 2 })).description).toMatch(/2 threads$/);
  });

  it('refuses options that make no sense', async () => {
    await expect(onnxEngine({ threads: 0 })).rejects.toThrow(
      'threads: expected a whole number from 1 to 1024, got 0',
    );
    await expect(onnxEngine({ provider: 'tpu' as never })).rejects.toThrow(
      'provider: expected one of cpu, webgpu, cuda',
    );
  });

  it.each([
    ['cuda', /^engine onnx:cuda: .*ONNXRUNTIME_NODE_INSTALL/],
    ['webgpu', /^engine onnx:webgpu: .*Vulkan/],
  ] as const)('says how to get %s where it is not there', async (provider, advice) => {
    await onnxEngine({ provider }).then(
      (engine) => expect(engine.name).toBe(`onnx:${provider}`),
      (error: unknown) => {
        expect(error).toBeInstanceOf(EngineUnavailableError);
        expect(error).toMatchObject({
          message: expect.stringMatching(advice),
        });
      },
    );
  });

  it('counts what lives on it, the same after every step, and nothing after closing', async () => {
    const engine = await onnxEngine();
    const session = engine.open(start);
    const { tensors, bytes } = engine.memory();
    expect({ tensors, bytes }).toEqual({ tensors: 3, bytes: 4 * 7 });
    for (let i = 0; i < 3; i++) await session.run(descend, rate(0.1));
    expect(engine.memory()).toEqual({ tensors, bytes });
    const other = engine.open({ x: Value.filled([10], 0) });
    expect(engine.memory()).toEqual({ tensors: 4, bytes: 4 * 17 });
    session.close();
    other.close();
    expect(engine.memory()).toEqual({ tensors: 0, bytes: 0 });
  });
});

describe('options', () => {
  it('takes one thread on the processor unless asked', () =>
    expect(checkedOptions({})).toEqual({ threads: 1, provider: 'cpu' }));

  it('never lets threads spin, and falls back to the processor for what a provider lacks', () =>
    expect(sessionOptions({ threads: 2, provider: 'webgpu' })).toMatchObject({
      executionProviders: ['webgpu', 'cpu'],
      intraOpNumThreads: 2,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    }));
});
