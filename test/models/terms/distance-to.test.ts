import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { distanceTo } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

describe.each(bothNames)('the distance to the target on %s', (name) => {
  const added = (options: Parameters<typeof distanceTo>[0]) =>
    compute(
      { target: Value.of([-0.5, 0.5]), y: Value.of([0, 0.25]) },
      ({ target, y }) => {
        const { loss, values } = distanceTo(options).add({
          made: { y, taps: {} },
          inputs: { target },
        } as never);
        return { loss, distance: values!.distance! };
      },
      both[name],
    );

  it('is a hundred times the mean absolute error, told without the weight', () => {
    const { loss, distance } = added({});
    expect(distance.data[0]).toBe(0.375);
    expect(loss.data[0]).toBe(37.5);
  });

  it('is the mean squared error where that is asked for', () => {
    expect(added({ metric: 'l2', weight: 8 }).loss.data[0]).toBe(1.25);
  });
});

it('takes the examples of the batch for its target', () => {
  const examples = Value.of([1, 2]);
  expect(distanceTo().inputs!({ examples }, { high: 0, low: 0 }, 1)).toEqual({ target: examples });
});

it.each([
  [{ weight: Number.NaN }, 'distanceTo: weight: expected a finite number from 0, got NaN'],
  [{ metric: 'l3' as never }, 'distanceTo: metric: expected one of l1, l2, got "l3"'],
])('refuses options against their rules (%#)', (options, message) => {
  expect(() => distanceTo(options)).toThrow(message);
});
