import { of } from 'rxjs';
import { expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { ReplayMemory, replay, VectorEnvironment } from '../../../src/rl/index.ts';
import { corridor } from '../deep/support.ts';

const rollout = new VectorEnvironment(() => corridor()).collect(4, new Int32Array(4), () => 1);

it('remembers what was played and passes it on with the memory', () => {
  const memory = new ReplayMemory({ capacity: 10, observation: 2 });
  const got: unknown[] = [];
  of({ index: 3, batch: rollout })
    .pipe(replay(memory))
    .subscribe((item) => got.push(item));
  expect(got).toEqual([{ index: 3, batch: { rollout, memory } }]);
  expect(memory.size).toBe(4);
  expect([...(memory.save().rewards as { data: Float32Array }).data.slice(0, 4)]).toEqual([
    ...rollout.rewards,
  ]);
});

it('refuses actions that are real numbers', () => {
  const errors: unknown[] = [];
  of({ index: 0, batch: { ...rollout, actions: new Float32Array(4) } })
    .pipe(replay(new ReplayMemory({ capacity: 10, observation: 2 })))
    .subscribe({ error: (error) => errors.push(error) });
  expect(String(errors[0])).toBe(
    'TypeError: replay: expected actions that are whole numbers, got lists of real ones',
  );
});

it('remembers lists of real numbers in a memory for them, and refuses whole ones', () => {
  const memory = new ReplayMemory({ capacity: 10, observation: 2, action: 2 });
  const actions = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const errors: unknown[] = [];
  of({ index: 0, batch: { ...rollout, actions } }, { index: 1, batch: rollout })
    .pipe(replay(memory))
    .subscribe({ error: (error) => errors.push(error) });
  const saved = memory.save().actions as { data: Float32Array; shape: readonly number[] };
  expect(saved.shape).toEqual([10, 2]);
  expect([...saved.data.slice(0, 8)]).toEqual([...actions]);
  expect(String(errors[0])).toBe(
    'TypeError: replay: expected actions that are lists of 2 real numbers, got whole ones',
  );
  const other = new ReplayMemory({ capacity: 10, observation: 2, action: 2 });
  other.restore(memory.save());
  expect(other.draw(5, keyOf(1))).toEqual(memory.draw(5, keyOf(1)));
  expect(other.draw(5, keyOf(1)).transitions.actions).toHaveLength(10);
});
