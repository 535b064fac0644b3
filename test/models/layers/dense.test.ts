import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { dense, fanInUniform, lecunNormal } from '../../../src/models/index.ts';
import { applied, engineNames, engines, moments, noise, parameters } from '../support.ts';

describe('dense', () => {
  it.each(engineNames)('multiplies by the kernel and adds the bias (%s)', (name) => {
    const initial = parameters({
      kernel: Value.of([1, 0, -1, 2, 1, 0], [2, 3]),
      bias: Value.of([0.5, 0, -0.5]),
    });
    const x = Value.of([1, 2, 3, 4], [2, 2]);
    const { y, buffers } = applied(dense(3), x, { initial, engine: engines[name] });
    expect(y).toEqual(Value.of([5.5, 2, -1.5, 11.5, 4, -3.5], [2, 3]));
    expect(buffers).toEqual({});
  });

  it('starts with a kernel after He and a bias of zeros, drawn apart', () => {
    const { weights, buffers, shape } = dense(300).init(keyOf(1), [200]);
    const { kernel, bias } = weights as { kernel: Value; bias: Value };
    expect(kernel.shape).toEqual([200, 300]);
    expect(moments(kernel.data).variance).toBeCloseTo(2 / 200, 3);
    expect(bias).toEqual(Value.filled([300], 0));
    expect(buffers).toEqual({});
    expect(shape).toEqual([300]);
    const alike = dense(1, { kernel: fanInUniform, bias: fanInUniform }).init(keyOf(1), [1]).weights;
    expect((alike as { kernel: Value }).kernel.data[0]).not.toBe((alike as { bias: Value }).bias.data[0]);
  });

  it('keeps the variance of its inputs where the kernel is after LeCun', () => {
    const { y } = applied(dense(64, { kernel: lecunNormal }), noise('x', [64, 256]));
    expect(moments(y.data).variance).toBeCloseTo(1, 1);
  });

  it.each([
    [[], 'dense: expected inputs of rank 1, got []; flatten() first'],
    [[4, 4, 3], 'dense: expected inputs of rank 1, got [4,4,3]; flatten() first'],
  ])('refuses inputs of shape %j', (shape, message) => {
    expect(() => dense(1).init(keyOf(1), shape)).toThrow(new RangeError(message));
  });

  it.each([0, 1.5, Number.NaN])('refuses %s units', (units) => {
    expect(() => dense(units)).toThrow(`dense: units: expected a whole number from 1, got ${units}`);
  });
});
