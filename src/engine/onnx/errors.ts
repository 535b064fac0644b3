import { WeirError } from '../../base/index.ts';

/**
 * A program cannot become a graph; the message names the operation, its place, and what to write
 * instead.
 */
export class ProgramNotCompilableError extends WeirError {
  readonly code = 'PROGRAM_NOT_COMPILABLE';
  readonly kind = 'input';
}
