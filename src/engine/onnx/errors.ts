import { WeirError } from '../../base/index.ts';

/** A program cannot become a graph; the message says what stands in the way, where, and what to write instead. */
export class ProgramNotCompilableError extends WeirError {
  readonly code = 'PROGRAM_NOT_COMPILABLE';
  readonly kind = 'input';
}
