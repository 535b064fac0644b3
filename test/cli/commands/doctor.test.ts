import { describe, expect, it } from 'vitest';
import { weir } from '../../support/weir.ts';

describe('weir doctor', () => {
  it('has a line for each engine and says what auto takes', async () => {
    const { code, stdout } = await weir('doctor');
    expect(code).toBe(0);
    for (const engine of ['tensorflow', 'onnx', 'wasm', 'cpu'])
      expect(stdout).toMatch(new RegExp(`^(ok|--)  ${engine} `, 'm'));
    expect(stdout).toMatch(/^ok {2}cpu /m);
    expect(stdout).toMatch(/--engine auto takes \w+: /);
  });

  it('tells programs the same', async () => {
    const report = JSON.parse((await weir('doctor', '--json')).stdout);
    expect(report.node).toBe(process.version);
    const chosen = report.engines.find(({ name }: { name: string }) => name === report.auto.name);
    expect(chosen.available).toBe(true);
  });
});
