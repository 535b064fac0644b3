import { WeirError } from '../base/index.ts';

/**
 * A file that is not what it should be: names the file, the byte where it breaks the rule, and the
 * rule.
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
 * Data that is not there: names what was looked for, where, and how to get it where that is known.
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

/** The test part was asked for of data that have one part alone. */
export class NoTestPartError extends RangeError {
  constructor(spec: string) {
    super(`split: expected data with a test part, got ${spec}, which has none`);
  }
}

/**
 * A download that failed for good: names every URL that was tried and what was wrong with its
 * answer.
 */
export class DownloadError extends WeirError {
  readonly code = 'DATA_DOWNLOAD';
  readonly kind = 'failure';
}
