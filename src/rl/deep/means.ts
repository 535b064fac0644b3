import type { Tree, Value } from '../../engine/index.ts';
import { scalars } from './rollout.ts';

/** Means of the scalar outputs of several runs, by name. */
export class Means {
  readonly #sums = new Map<string, number>();
  #count = 0;

  add(outputs: Tree<Value>): void {
    this.#count++;
    for (const [name, number] of Object.entries(scalars(outputs)))
      this.#sums.set(name, (this.#sums.get(name) ?? 0) + number);
  }

  /** Nothing where nothing was added. */
  get values(): Record<string, number> {
    return Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#count]));
  }
}
