import * as ort from 'onnxruntime-node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { costTable, onnxFile, profile } from '../../../src/engine/onnx/inspect.ts';
import { OnnxSession } from '../../../src/engine/onnx/runtime/session.ts';
import { descend, rate, start } from './runtime/programs.ts';

describe('looking into a program', () => {
  it('writes the ONNX file that it becomes', async () => {
    const session = await ort.InferenceSession.create(onnxFile(descend, start, rate(0.1)));
    expect([...session.inputNames].sort()).toEqual(['input/rate', 'state/nested/steps', 'state/w']);
    expect(session.outputNames).toContain('next/output/loss');
  });

  it('tells what each operator costs in a run', async () => {
    const began = performance.now();
    const costs = await profile(descend, start, rate(0.1), { runs: 2 });
    const took = performance.now() - began;
    const sum = costs.reduce((all, { milliseconds }) => all + milliseconds, 0);
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(took);
    const loss = costs.find(({ operator }) => operator === 'ReduceSum');
    expect(loss).toMatchObject({ count: 1, milliseconds: expect.any(Number) });
    expect(costs.every(({ milliseconds }, i) => i === 0 || milliseconds <= costs[i - 1]!.milliseconds)).toBe(
      true,
    );
  });

  it('closes its session, also where the program fails', async () => {
    const closed = vi.spyOn(OnnxSession.prototype, 'close');
    onTestFinished(() => closed.mockRestore());
    await profile(descend, start, rate(0.1), { runs: 1 });
    expect(closed).toHaveBeenCalledTimes(1);
    const failing = {
      name: 'failing',
      run: () => {
        throw new Error('no step');
      },
    };
    await expect(profile(failing, start, rate(0.1))).rejects.toThrow('no step');
    expect(closed).toHaveBeenCalledTimes(2);
  });

  it('tells it as a table, the dearest first, with the sum', () => {
    const table = costTable([
      { operator: 'Gemm', shape: '2x3', count: 2, milliseconds: 3 },
      { operator: 'Add', shape: '3', count: 1, milliseconds: 1 },
    ]);
    expect(table.split('\n').map((line) => line.trim().split(/ +/))).toEqual([
      ['Gemm', '2x3', '2', '3.000', 'ms', '75.0', '%'],
      ['Add', '3', '1', '1.000', 'ms', '25.0', '%'],
      ['all', '4.000', 'ms'],
    ]);
  });
});
