import { expect, it } from 'vitest';
import { WeirError } from '../../../src/base/index.ts';
import { ProgramNotCompilableError } from '../../../src/engine/onnx/errors.ts';

it('tells that a program cannot be compiled, as an error of the user with a stable code', () => {
  const error = new ProgramNotCompilableError('critic: the kernel FFT cannot be compiled');
  expect(error).toBeInstanceOf(WeirError);
  expect(error).toMatchObject({
    code: 'PROGRAM_NOT_COMPILABLE',
    kind: 'input',
    name: 'ProgramNotCompilableError',
  });
});
