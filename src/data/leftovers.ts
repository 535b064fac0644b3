import { relative } from 'node:path';

const namesShown = 3;

/** What is left out of a folder, by kind. */
export class Leftovers {
  readonly #folder: string;
  readonly #kinds = new Map<string, string[]>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Counts a path among those of a kind, such as `folders without pictures`. */
  add(kind: string, path: string): void {
    const paths = this.#kinds.get(kind) ?? [];
    this.#kinds.set(kind, paths);
    paths.push(relative(this.#folder, path));
  }

  /**
   * A line for each kind with its count and the first names, sorted by kind: `.gif files: 2 (a.gif,
   * b.gif)`.
   */
  lines(): string[] {
    return [...this.#kinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, paths]) => {
        const more = paths.length > namesShown ? ', ...' : '';
        return `${kind}: ${paths.length} (${paths.slice(0, namesShown).join(', ')}${more})`;
      });
  }
}
