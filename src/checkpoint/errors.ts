import { systemCode, WeirError } from '../base/index.ts';

/** A checkpoint that breaks a rule of its format, or whose content is not what was written. */
export class CheckpointCorruptError extends WeirError {
  readonly code = 'CHECKPOINT_CORRUPT';
  readonly kind = 'input';
  readonly file: string;
  /**
   * The offset in bytes or the path of the tensor; undefined where the file as a whole is meant.
   */
  readonly place: number | string | undefined;

  constructor(file: string, place: number | string | undefined, rule: string, options?: ErrorOptions) {
    const where = place === undefined ? '' : typeof place === 'number' ? `at byte ${place}: ` : `${place}: `;
    super(`${file}: ${where}${rule}`, options);
    this.file = file;
    this.place = place;
  }
}

/**
 * A sound safetensors file that this version of Weir did not write; the message says what it is.
 */
export class CheckpointForeignError extends WeirError {
  readonly code = 'CHECKPOINT_FOREIGN';
  readonly kind = 'input';
  readonly file: string;

  constructor(file: string, what: string, options?: ErrorOptions) {
    super(`${file}: ${what}`, options);
    this.file = file;
  }
}

/** A checkpoint or its folder could not be read, for a reason of the machine: `cause` has it. */
export class CheckpointReadError extends WeirError {
  readonly code = 'CHECKPOINT_READ';
  readonly kind = 'failure';
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(`${file}: could not be read: ${reason(cause)}`, { cause });
    this.file = file;
  }
}

/**
 * A checkpoint could not be written (a full disk, no permission): `cause` has the reason, earlier
 * ones are intact.
 */
export class CheckpointWriteError extends WeirError {
  readonly code = 'CHECKPOINT_WRITE';
  readonly kind = 'failure';
  readonly file: string;

  /**
   * `newest` is the name of the newest earlier checkpoint, null where there is none, undefined
   * where the folder could not be read.
   */
  constructor(file: string, newest: string | null | undefined, cause: unknown) {
    const intact =
      newest === null
        ? 'there is no earlier checkpoint'
        : `earlier checkpoints are intact${newest === undefined ? '' : `, the newest is ${newest}`}`;
    super(`${file}: could not be written: ${reason(cause)}; ${intact}`, { cause });
    this.file = file;
  }
}

/**
 * A file that retention lets go, or that a crash left behind, could not be removed: `cause` has the
 * reason.
 */
export class CheckpointPruneError extends WeirError {
  readonly code = 'CHECKPOINT_PRUNE';
  readonly kind = 'failure';
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(`${file}: could not be removed: ${reason(cause)}`, { cause });
    this.file = file;
  }
}

function reason(cause: unknown): string {
  if (systemCode(cause) === 'ENOSPC') return 'the disk is full (ENOSPC)';
  return cause instanceof Error ? cause.message : String(cause);
}
