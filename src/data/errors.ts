import { WeirError } from '../base/index.ts';

/**
 * A file of another format than expected: names the file, the byte where it breaks the rule, and
 * the rule.
 */
export class DataError extends WeirError {
  readonly code = 'DATA_INVALID';
  readonly kind = 'input';
  readonly file: string;
  /**
   * Where in the file, counted from 0 in its uncompressed bytes; undefined where the file as a
   * whole is meant.
   */
  readonly offset: number | undefined;

  constructor(file: string, offset: number | undefined, rule: string, options?: ErrorOptions) {
    super(`${file}: ${offset === undefined ? '' : `at byte ${offset}: `}${rule}`, options);
    this.file = file;
    this.offset = offset;
  }
}

/**
 * Missing data: names what was expected, where, and how to get it where that is known.
 */
export class DataMissingError extends WeirError {
  readonly code = 'DATA_MISSING';
  readonly kind = 'input';
  readonly folder: string;
  readonly lookedFor: string;

  constructor(folder: string, lookedFor: string, hint?: string, options?: ErrorOptions) {
    super(`${folder}: found no ${lookedFor}${hint === undefined ? '' : `; ${hint}`}`, options);
    this.folder = folder;
    this.lookedFor = lookedFor;
  }
}

/** Data without a test part, of which the test part was requested. */
export class NoTestPartError extends RangeError {
  constructor(spec: string) {
    super(`split: expected data with a test part, got ${spec}, which has none`);
  }
}

/**
 * A download that failed at every mirror: names every URL that was tried and the fault of its
 * answer.
 */
export class DownloadError extends WeirError {
  readonly code = 'DATA_DOWNLOAD';
  readonly kind = 'failure';
}

/** A thread that was to read data and has ended, or failed for another reason than its files. */
export class DecodeWorkerError extends WeirError {
  readonly code = 'DATA_WORKER';
  readonly kind = 'failure';
}
