/**
 * Back-pressure, pause and barrier in one: a pump pulls only while the gate has no holds. Holds are
 * counted, so holders need not know of each other.
 */
export class Gate {
  #holds = 0;
  readonly #waiting = new Set<() => void>();

  /** Whether the gate has holds. */
  get held(): boolean {
    return this.#holds > 0;
  }

  /** How many hold it. */
  get holders(): number {
    return this.#holds;
  }

  /** Holds the gate until the answer is called; calling it again changes nothing. */
  hold(): () => void {
    this.#holds++;
    let holding = true;
    return () => {
      if (!holding) return;
      holding = false;
      if (--this.#holds === 0) this.#opened();
    };
  }

  /**
   * Calls `fn` once, as soon as the gate is open: at once where it is open. The answer forgets
   * `fn`. A waiter is kept only until it is called or forgotten. An error that `fn` throws reaches
   * the code that opened the gate, after all other waiters were called.
   */
  onceOpen(fn: () => void): () => void {
    const waiter = () => fn();
    this.#waiting.add(waiter);
    if (!this.held) this.#opened();
    return () => void this.#waiting.delete(waiter);
  }

  #opened(): void {
    // A waiter may hold the gate again; then the others wait on.
    for (const waiter of this.#waiting) {
      if (this.held) return;
      this.#waiting.delete(waiter);
      try {
        waiter();
      } catch (error) {
        this.#opened();
        throw error;
      }
    }
  }
}
