import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { codes, mutualInformation, type Network } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

const drawn = codes({ noise: 1, categories: 2, continuous: 1 });

/** The term where the head guesses what it is given as features. */
function term(
  guess: readonly number[],
  noise: readonly number[],
  engine = both.cpu,
  options: Parameters<typeof mutualInformation>[1] = { weight: 3, continuous: 0.5 },
) {
  const identity = ((y: tf.Tensor) => ({ y, taps: {} })) as unknown as Network;
  const given = { guess: Value.of(guess, [1, 3]), noise: Value.of(noise, [1, 4]) };
  return compute(
    given,
    ({ guess, noise }) => {
      const onFake = { y: guess, taps: { features: guess } };
      const scene = { heads: { codes: identity }, onFake, inputs: { noise } };
      const { loss, values } = mutualInformation(drawn, options).add(scene as never);
      return { loss: tf.clone(loss), ...values };
    },
    engine,
  ) as unknown as Record<string, Value>;
}

describe.each(bothNames)('the mutual information of codes on %s', (name) => {
  it('is the entropy of the category less the surprise of who guesses it, and half the squared error of numbers', () => {
    // Q gives the drawn category e / (e + 1) = .731059; the number .5 is guessed as .2.
    const { loss, mutualInformation, codeError } = term([0, 1, 0.2], [9, 0, 1, 0.5], both[name]);
    expect(mutualInformation!.data[0]).toBeCloseTo(Math.log(2) + Math.log(0.731059), 5);
    expect(codeError!.data[0]).toBeCloseTo(0.09, 6);
    expect(loss!.data[0]).toBeCloseTo(-3 * (Math.log(2) + Math.log(0.731059)) + 0.5 * 0.5 * 0.09, 5);
  });

  it('is nothing for a guess that ignores the example, and ln 2 for one that is sure and right', () => {
    expect(term([0, 0, 0], [0, 1, 0, 0], both[name]).mutualInformation!.data[0]).toBeCloseTo(0, 6);
    expect(term([40, 0, 0], [0, 1, 0, 0], both[name]).mutualInformation!.data[0]).toBeCloseTo(Math.LN2, 6);
  });
});

it('counts the category once and numbers a tenth, unless told', () => {
  const { loss, mutualInformation, codeError } = term([0, 1, 0.2], [9, 0, 1, 0.5], both.cpu, {});
  const [information, error] = [mutualInformation!.data[0]!, codeError!.data[0]!];
  expect(loss!.data[0]).toBeCloseTo(-information + (0.1 * error) / 2, 6);
});

it('refuses weights below 0', () => {
  expect(() => mutualInformation(drawn, { weight: -1 })).toThrow(
    'mutualInformation: weight: expected a finite number from 0, got -1',
  );
  expect(() => mutualInformation(drawn, { continuous: Number.NaN })).toThrow('mutualInformation: continuous');
});
