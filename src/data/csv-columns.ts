import { show } from '../base/index.ts';
import { DataError } from './errors.ts';
import { mostClasses } from './most-classes.ts';

/** A cell that is a decimal number. */
export const numericCell = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** The numbers of some columns, row after row. */
export class NumberColumns {
  readonly #file: string;
  readonly #names: readonly string[];
  readonly #columns: readonly number[];
  readonly #label: number | undefined;
  #data = new Float32Array(1024);
  #length = 0;

  constructor(file: string, names: readonly string[], columns: readonly number[], label: number | undefined) {
    this.#file = file;
    this.#names = names;
    this.#columns = columns;
    this.#label = label;
  }

  get data(): Float32Array {
    return this.#data.slice(0, this.#length);
  }

  add(line: number, fields: readonly string[]): void {
    if (this.#length + this.#columns.length > this.#data.length) {
      const larger = new Float32Array(2 * this.#data.length + this.#columns.length);
      larger.set(this.#data);
      this.#data = larger;
    }
    for (const column of this.#columns) {
      const cell = fields[column]!;
      const value = Math.fround(Number(cell));
      if (!Number.isFinite(value) || !numericCell.test(cell)) this.#refuse(line, column, cell);
      this.#data[this.#length++] = value;
    }
  }

  #refuse(line: number, column: number, cell: string): never {
    const name = this.#names[column]!;
    const place = name === String(column + 1) ? '' : ` (${name})`;
    // A column of text shows in its first row already.
    const text = this.#length < this.#columns.length && this.#label === undefined && /\p{L}/u.test(cell);
    const hint = text ? `; label=${name} takes a column for classes, columns=A:B only A and B` : '';
    throw new DataError(
      this.#file,
      undefined,
      `line ${line}, column ${column + 1}${place}: expected a number, got ${show(cell)}${hint}`,
    );
  }
}

/** The classes of a column. */
export class ClassColumn {
  readonly #file: string;
  readonly #column: string;
  readonly #numbers = new Map<string, number>();
  readonly #cells: number[] = [];

  constructor(file: string, column: string) {
    this.#file = file;
    this.#column = column;
  }

  add(cell: string): void {
    const number = this.#numbers.get(cell) ?? this.#numbers.size;
    this.#numbers.set(cell, number);
    this.#cells.push(number);
    if (this.#numbers.size > mostClasses)
      throw new DataError(
        this.#file,
        undefined,
        `column ${this.#column}: expected at most ${mostClasses} classes, got more`,
      );
  }

  /** The classes in order, and the label of each cell. */
  classified() {
    const found = [...this.#numbers.keys()];
    const classes = [...found].sort((a, b) => (a < b ? -1 : 1));
    if (classes.every((name) => numericCell.test(name))) classes.sort((a, b) => Number(a) - Number(b));
    const numbers = new Map(classes.map((name, label) => [name, label]));
    const labels = found.map((name) => numbers.get(name)!);
    return { classes, labels: Int32Array.from(this.#cells, (cell) => labels[cell]!) };
  }
}
