import { describe, expect, it } from 'vitest';
import { CheckpointWriteError } from '../../src/checkpoint/index.ts';
import { FailureLimit } from '../../src/runs/failure-limit.ts';
import { RollbackError, RunDirectoryError, StoppedByAlertError } from '../../src/runs/index.ts';

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

describe('errors', () => {
  it('RunDirectoryError is the fault of what was given', () => {
    expect(new RunDirectoryError('taken')).toMatchObject({
      code: 'RUN_DIRECTORY',
      kind: 'input',
      message: 'taken',
    });
  });

  it('what an alert ends is ended by a policy', () => {
    expect(new StoppedByAlertError('why')).toMatchObject({ code: 'STOPPED_BY_ALERT', kind: 'policy' });
    expect(new RollbackError('why')).toMatchObject({ code: 'ROLLBACK', kind: 'policy' });
  });
});
