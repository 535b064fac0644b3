import { expect, it } from 'vitest';
import { CheckpointWriteError } from '../../src/checkpoint/index.ts';
import { FailureLimit } from '../../src/runs/failure-limit.ts';

it('FailureLimit bears two failures in a row, and no other error', async () => {
  const limit = new FailureLimit();
  const borne: Error[] = [];
  const attempt = (error?: Error) =>
    limit.attempt(
      async () => {
        if (error !== undefined) throw error;
      },
      (failure) => borne.push(failure),
    );
  const full = new CheckpointWriteError('x', null, new Error('full'));
  await attempt(full);
  await attempt(full);
  await attempt();
  await attempt(full);
  await attempt(full);
  expect(borne).toEqual([full, full, full, full]);
  await expect(attempt(full)).rejects.toBe(full);
  await expect(
    new FailureLimit().attempt(
      () => Promise.reject(new Error('odd')),
      () => {},
    ),
  ).rejects.toThrow('odd');
});
