import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { wasmEngine } from '../../../src/engine/index.ts';
import { conformsToEngine } from '../conformance.ts';

conformsToEngine('wasm', wasmEngine);

it('the wasm engine leaves uncaught errors and rejections to the process', async () => {
  const engine = join(import.meta.dirname, '../../../src/engine/index.ts');
  const code = `
    const { wasmEngine } = await import(${JSON.stringify(engine)});
    await wasmEngine();
    console.log(process.listenerCount('uncaughtException'), process.listenerCount('unhandledRejection'));
    throw new Error('of the user');
  `;
  const node = ['--import', 'tsx', '--input-type=module', '--eval', code];
  const end = await promisify(execFile)(process.execPath, node).catch((error: unknown) => error);
  expect(end).toMatchObject({ code: 1, stdout: '0 0\n' });
  expect((end as { stderr: string }).stderr).toContain('Error: of the user');
  expect((end as { stderr: string }).stderr).not.toContain('Module');
});
