import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { sgd } from '../../../src/models/index.ts';
import { engineNames, engines } from '../support.ts';
import { expectDescent, type Move } from './descent.ts';

const reference =
  (momentum: number): Move =>
  (gradient, _, held) => {
    held.velocity = momentum * (held.velocity ?? 0) + gradient;
    return held.velocity;
  };

describe('sgd', () => {
  it.each(engineNames)('goes against the gradient (%s)', (name) => {
    expectDescent(sgd({ rate: 1 }), (gradient) => gradient, engines[name]);
  });

  it.each(engineNames)('keeps a share of its velocity where asked (%s)', (name) => {
    expectDescent(sgd({ rate: 1, momentum: 0.9 }), reference(0.9), engines[name]);
  });

  it('remembers a velocity only where there is momentum', () => {
    const weights = { a: Value.of([1, 2]) };
    expect(sgd({ rate: 1 }).init(weights)).toEqual({});
    expect(sgd({ rate: 1, momentum: 0.5 }).init(weights)).toEqual({ velocity: { vector: Value.of([0, 0]) } });
  });

  it.each([1, -0.1, Number.NaN])('refuses a momentum of %s', (momentum) => {
    expect(() => sgd({ rate: 1, momentum })).toThrow(
      new RangeError(`sgd: momentum: expected a finite number from 0 to 0.999999999, got ${momentum}`),
    );
  });
});
