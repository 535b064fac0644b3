import { expect, it } from 'vitest';
import { toyGan } from '../../../../bench/engine-programs.ts';
import { onnxEngine } from '../../../../src/engine/index.ts';
import { ProgramCache } from '../../../../src/engine/onnx/runtime/program-cache.ts';
import { publicRuntime } from '../../../../src/engine/onnx/runtime/public-runtime.ts';
import { OnnxSession } from '../../../../src/engine/onnx/runtime/session.ts';

it('computes the same bits as the C interface, step by step', async () => {
  const { state, programs, inputs } = toyGan(64, 32);
  const environment = {
    runtime: await publicRuntime(),
    options: { threads: 1, provider: 'cpu' },
    programs: new ProgramCache(),
    closed: () => {},
  } as const;
  const byPublic = new OnnxSession(environment, state);
  const session = (await onnxEngine()).open(state);
  for (let i = 0; i < 4; i++) {
    const program = Object.values(programs)[i % 2]!;
    expect(await byPublic.run(program, inputs(i))).toEqual(await session.run(program, inputs(i)));
    expect(byPublic.read()).toEqual(session.read());
  }
  byPublic.close();
  session.close();
});
