import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf } from '../../../src/engine/index.ts';
import { ReplayMemory, type ReplayOptions, type Transitions } from '../../../src/rl/index.ts';

/** Transitions that tell their number in every field. */
function numbered(...numbers: number[]): Transitions {
  return {
    before: Float32Array.from(numbers.flatMap((n) => [n, -n])),
    actions: Int32Array.from(numbers),
    rewards: Float32Array.from(numbers, (n) => n / 2),
    discounts: Float32Array.from(numbers, (n) => n % 2),
    after: Float32Array.from(numbers.flatMap((n) => [n + 1, -n - 1])),
  };
}

const memoryOf = (options: Partial<ReplayOptions>, ...numbers: number[]) => {
  const memory = new ReplayMemory({ capacity: 3, observation: 2, ...options });
  memory.add(numbered(...numbers));
  return memory;
};

describe('a replay memory', () => {
  it('draws whole transitions', () => {
    const { transitions, places } = memoryOf({}, 10, 20, 30).draw(8, keyOf(1));
    expect(transitions).toEqual(numbered(...transitions.actions));
    expect([...transitions.actions]).toEqual([...places].map((at) => [10, 20, 30][at]));
  });

  it('keeps the last ones and forgets the oldest', () => {
    const memory = memoryOf({}, 1, 2, 3, 4, 5);
    expect(memory.size).toBe(3);
    const drawn = new Set(memory.draw(200, keyOf(1)).transitions.actions);
    expect([...drawn].sort()).toEqual([3, 4, 5]);
  });

  it('draws all alike without priorities: 3,000 draws of three, each within five deviations of 1,000', () => {
    const counts = [0, 0, 0];
    for (const at of memoryOf({}, 1, 2, 3).draw(3000, keyOf(2)).places) counts[at]!++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt((3000 * 2) / 9));
  });

  it('is a pure function of the key', () => {
    const memory = memoryOf({}, 1, 2, 3);
    expect(memory.draw(50, keyOf(1))).toEqual(memory.draw(50, keyOf(1)));
    expect(memory.draw(50, keyOf(2))).not.toEqual(memory.draw(50, keyOf(1)));
  });

  it('draws by the errors it was told: one of 1 against one of 3 is one in four', () => {
    const memory = memoryOf({ capacity: 2, priority: { alpha: 1, floor: 1e-9 } }, 1, 2);
    memory.reprioritise({ ...memory.draw(2, keyOf(1)), places: Int32Array.of(0, 1) }, [-1, 3]);
    const { places, weights } = memory.draw(4, keyOf(1), 1);
    expect([...places]).toEqual([0, 1, 1, 1]);
    // (2 * 1/4)^-1 = 2 and (2 * 3/4)^-1 = 2/3, over the largest.
    expect(weights[0]).toBe(1);
    expect(weights[1]).toBeCloseTo(1 / 3, 6);
  });

  it('takes the root of the errors with alpha 1/2', () => {
    const memory = memoryOf({ capacity: 2, priority: { alpha: 0.5, floor: 1e-9 } }, 1, 2);
    memory.reprioritise({ ...memory.draw(2, keyOf(1)), places: Int32Array.of(0, 1) }, [1, 9]);
    expect([...memory.draw(4, keyOf(1)).places]).toEqual([0, 1, 1, 1]);
  });

  it('gives a new transition the largest priority so far', () => {
    const memory = memoryOf({ capacity: 4, priority: { alpha: 1 } }, 1);
    memory.reprioritise({ ...memory.draw(1, keyOf(1)), places: Int32Array.of(0) }, [8]);
    memory.add(numbered(2));
    expect([...memory.draw(2, keyOf(3)).places]).toEqual([0, 1]);
  });

  it.each([undefined, { alpha: 0.6 }])(
    'goes on to the bit after it was saved and restored (%j)',
    (priority) => {
      const options = { capacity: 5, ...(priority && { priority }) };
      const memory = memoryOf(options, 1, 2, 3, 4, 5, 6, 7);
      memory.reprioritise(memory.draw(4, keyOf(1)), [0.3, 2, 0.1, 7]);
      const saved = memory.save();
      const other = memoryOf(options, 9);
      other.restore(saved);
      for (const one of [memory, other]) one.add(numbered(8, 9));
      expect(other.draw(30, keyOf(4), 0.5)).toEqual(memory.draw(30, keyOf(4), 0.5));
      expect(other.save()).toEqual(memory.save());
    },
  );

  it('refuses what a memory of other options has saved', () => {
    const saved = memoryOf({}, 1).save();
    expect(() => memoryOf({ capacity: 4 }).restore(saved)).toThrow(
      'ReplayMemory: expected before of [4,2], got [3,2]',
    );
    expect(() => memoryOf({ priority: {} }).restore(saved)).toThrow(
      'ReplayMemory: expected priorities of [3], got none',
    );
  });

  it('saves as many bytes as its documentation says, full or not', () => {
    const bytes = (memory: ReplayMemory) =>
      [...flattenTree(memory.save()).values()].reduce((sum, { data }) => sum + data.byteLength, 0);
    expect(bytes(memoryOf({ capacity: 100 }, 1))).toBe(100 * 4 * (2 * 2 + 3) + 8);
    expect(bytes(memoryOf({ capacity: 100, priority: {} }, 1))).toBe(100 * 4 * (2 * 2 + 4) + 12);
  });

  it('refuses to be of no size, or to be drawn from when empty', () => {
    expect(() => new ReplayMemory({ capacity: 0, observation: 2 })).toThrow(
      'ReplayMemory: capacity: expected a whole number from 1',
    );
    expect(() => memoryOf({}).draw(1, keyOf(1))).toThrow(
      'ReplayMemory: expected transitions to draw from, got none',
    );
  });
});
