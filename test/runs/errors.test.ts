import { expect, it } from 'vitest';
import { RollbackError, RunDirectoryError, StoppedByAlertError } from '../../src/runs/index.ts';

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
