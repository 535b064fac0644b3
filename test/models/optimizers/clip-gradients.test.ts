import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { clipGradients } from '../../../src/models/index.ts';
import { compute, engineNames, engines, expectClose } from '../support.ts';

const gradients = { kernel: Value.of([3, 0], [1, 2]), bias: Value.of([-4]) };

describe.each(engineNames)('gradients on %s', (name) => {
  it('are shortened together, in their direction', () => {
    const { kernel, bias } = compute(gradients, (given) => clipGradients(given, 1), engines[name]) as never;
    expectClose(kernel, [0.6, 0]);
    expectClose(bias, [-0.8]);
  });

  it('stay as they are where they are short enough', () => {
    const { kernel, bias } = compute(gradients, (given) => clipGradients(given, 5), engines[name]) as never;
    expectClose(kernel, [3, 0]);
    expectClose(bias, [-4]);
  });
});

it('refuses a length of 0', () => {
  expect(() => compute(gradients, (given) => clipGradients(given, 0))).toThrow(
    'clipGradients: length: expected a finite number above 0, got 0',
  );
});
