import { expect, it } from 'vitest';
import { RunDirectoryError } from '../../src/recipes/index.ts';

it('RunDirectoryError is the fault of what was given', () => {
  expect(new RunDirectoryError('taken')).toMatchObject({
    code: 'RUN_DIRECTORY',
    kind: 'input',
    message: 'taken',
  });
});
