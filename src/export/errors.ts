import { WeirError } from '../base/index.ts';

/** A run cannot be exported as asked; the message names the rule and what the run has. */
export class ExportError extends WeirError {
  readonly code = 'EXPORT';
  readonly kind = 'input';
}

/** An exported file gives other numbers than the engine; nothing has been written. */
export class ExportMismatchError extends WeirError {
  readonly code = 'EXPORT_MISMATCH';
  readonly kind = 'failure';
}

/** A signal came before the files of an export were whole; nothing has been written. */
export class ExportStoppedError extends WeirError {
  readonly code = 'EXPORT_STOPPED';
  readonly kind = 'failure';
}
