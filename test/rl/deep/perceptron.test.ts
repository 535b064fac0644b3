import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf } from '../../../src/engine/index.ts';
import { checkedShape, type PerceptronShape, perceptron } from '../../../src/rl/deep/perceptron.ts';

const shape: PerceptronShape = { inputs: 4, hidden: [8, 6], outputs: 2, activation: 'tanh' };
const leaves = (given: PerceptronShape) =>
  flattenTree(perceptron(given).init(keyOf(1), [given.inputs]).weights);

describe('a perceptron', () => {
  it('has a kernel and a bias for each layer', () => {
    expect([...leaves(shape)].map(([path, { shape }]) => [path, shape])).toEqual([
      ['0/kernel', [4, 8]],
      ['0/bias', [8]],
      ['2/kernel', [8, 6]],
      ['2/bias', [6]],
      ['4/kernel', [6, 2]],
      ['4/bias', [2]],
    ]);
  });

  it('begins as PyTorch does, within 1 / sqrt(inputs)', () => {
    const largest = (path: string) => Math.max(...leaves(shape).get(path)!.data.map(Math.abs));
    expect(largest('0/kernel')).toBeLessThanOrEqual(1 / 2);
    expect(largest('0/kernel')).toBeGreaterThan(0.4);
    expect(largest('4/bias')).toBeLessThanOrEqual(Math.fround(1 / Math.sqrt(6)));
  });

  it('begins orthogonal with the gain of the last layer, where a gain is given', () => {
    const given = leaves({ ...shape, start: 0.01 });
    const length = (path: string) => Math.hypot(...given.get(path)!.data);
    // As many vectors of length sqrt(2), or 0.01, as the smaller side has.
    expect(length('0/kernel')).toBeCloseTo(Math.sqrt(2 * 4), 5);
    expect(length('4/kernel')).toBeCloseTo(0.01 * Math.sqrt(2), 6);
    expect([...given.get('0/bias')!.data]).toEqual(new Array(8).fill(0));
  });

  it.each([
    [{ hidden: [8, 0] }, 'hidden: expected a whole number from 1 to 65536, got 0'],
    [{ outputs: 0 }, 'outputs: expected a whole number from 1, got 0'],
    [{ activation: 'elu' as never }, 'activation: expected one of relu, tanh, got "elu"'],
  ])('refuses %j', (wrong, message) => {
    expect(() => checkedShape({ ...shape, ...wrong })).toThrow(new RangeError(message));
  });
});
