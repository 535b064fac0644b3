import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { checkedScores } from '../../../src/models/losses/scores.ts';
import { compute } from '../support.ts';

const check = (shape: number[], count?: number) =>
  compute({ x: Value.filled([6], 1) }, ({ x }) => ({
    y: checkedScores('loss', tf.reshape(tf.slice(x, 0, [shape.reduce((a, b) => a * b, 1)]), shape), count),
  }));

describe('checkedScores', () => {
  it('takes one score for each example', () => {
    expect(check([6, 1]).y).toEqual(Value.filled([6, 1], 1));
    expect(check([3, 1], 3).y).toEqual(Value.filled([3, 1], 1));
  });

  it('makes a column of scores of patches', () => {
    expect(check([1, 2, 3, 1]).y).toEqual(Value.filled([6, 1], 1));
    expect(check([2, 1, 3, 1], 2).y).toEqual(Value.filled([6, 1], 1));
  });

  it.each([
    [[1, 2, 3], undefined, 'loss: expected scores of [1,1], got [1,2,3]'],
    [[6], undefined, 'loss: expected scores of [6,1], got [6]'],
    [[3, 2], undefined, 'loss: expected scores of [3,1], got [3,2]'],
    [[], undefined, 'loss: expected scores of [count,1], got []'],
    [[4, 1], 5, 'loss: expected scores of [5,1], got [4,1]'],
  ])('refuses scores of %j where %s are expected', (shape, count, message) => {
    expect(() => check(shape, count)).toThrow(new RangeError(message));
  });
});
