import { join } from 'node:path';
import { expect, it } from 'vitest';
import { directRuntime } from '../../../../src/engine/onnx/runtime/direct-runtime.ts';
import { run } from '../../../support/programs.ts';
import { without } from '../../../support/without.ts';

/** One step in a process of its own, since a process loads onnxruntime once. */
async function describedStep(args: readonly string[] = []) {
  const program = join(import.meta.dirname, 'described-step.ts');
  const { code, output } = await run(process.execPath, [...args, '--import', 'tsx', program]);
  expect(code, output).toBe(0);
  return JSON.parse(output);
}

it('is there, and the same for all', async () => {
  expect(await directRuntime()).toBeDefined();
  expect(await directRuntime()).toBe(await directRuntime());
  expect(await describedStep()).toMatchObject({ direct: true, waits: false, loss: [30] });
});

it('is not there where C cannot be called; the engine takes the public interface then', async () => {
  expect(await describedStep(without('koffi'))).toEqual({
    direct: false,
    description: expect.stringMatching(/1 thread, results copied since koffi does not load$/),
    waits: true,
    loss: [30],
  });
});
