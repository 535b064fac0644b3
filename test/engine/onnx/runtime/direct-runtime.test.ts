import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.doUnmock('koffi');
  vi.resetModules();
});

it('is there, and the same for all', async () => {
  const { directRuntime } = await import('../../../../src/engine/onnx/runtime/direct-runtime.ts');
  expect(await directRuntime()).toBeDefined();
  expect(await directRuntime()).toBe(await directRuntime());
});

it('is not there where C cannot be called; the engine takes the public interface then', async () => {
  vi.doMock('koffi', () => {
    throw new Error('no binary for this machine');
  });
  const { directRuntime } = await import('../../../../src/engine/onnx/runtime/direct-runtime.ts');
  expect(await directRuntime()).toBeUndefined();
  const { onnxEngine } = await import('../../../../src/engine/index.ts');
  const { descend, rate, start } = await import('./programs.ts');
  const engine = await onnxEngine();
  expect(engine.description).toMatch(/1 thread, results copied since koffi does not load$/);
  const session = engine.open(start);
  const answer = session.run(descend, rate(0.25));
  expect(answer).toBeInstanceOf(Promise);
  expect((await answer).loss).toMatchObject({ data: Float32Array.of(30) });
  session.close();
});
