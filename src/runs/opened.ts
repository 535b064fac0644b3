/** What was opened, to be closed in reverse order on every path. */
export class Opened {
  readonly #closers: (() => unknown)[] = [];

  /** Takes what closes something. */
  add(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** Closes all, the last first. @throws the first error, after all others were closed too */
  async close(): Promise<void> {
    const errors: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
