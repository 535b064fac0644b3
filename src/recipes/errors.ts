import { WeirError } from '../base/index.ts';

/** A run directory cannot be used as asked: it holds another run, holds none, or is in use. */
export class RunDirectoryError extends WeirError {
  readonly code = 'RUN_DIRECTORY';
  readonly kind = 'input';
}
