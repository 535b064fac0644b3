import type { Program } from '../../program.ts';
import type { Executable } from './executable.ts';

type Made = Executable | Promise<Executable>;

interface Entry {
  readonly made: Made;
  readonly users: Set<object>;
}

/**
 * Compiled programs, shared by the sessions of an engine and released with the last session that
 * used them.
 */
export class ProgramCache {
  readonly #entries = new Map<Program, Map<string, Entry>>();

  /** What `make` made for the program and the shapes in `key`, now or before. */
  get(program: Program, key: string, user: object, make: () => Made): Made {
    const ofProgram = this.#entries.get(program) ?? new Map<string, Entry>();
    const entry = ofProgram.get(key) ?? { made: make(), users: new Set() };
    entry.users.add(user);
    this.#entries.set(program, ofProgram.set(key, entry));
    return entry.made;
  }

  /** Forgets an entry whose making failed. */
  drop(program: Program, key: string): void {
    this.#entries.get(program)?.delete(key);
  }

  usedBy(user: object): Made[] {
    const entries = [...this.#entries.values()].flatMap((ofProgram) => [...ofProgram.values()]);
    return entries.filter(({ users }) => users.has(user)).map(({ made }) => made);
  }

  release(user: object): void {
    for (const [program, ofProgram] of this.#entries) {
      for (const [key, { made, users }] of ofProgram) {
        if (!users.delete(user) || users.size > 0) continue;
        ofProgram.delete(key);
        if (made instanceof Promise) void made.then(({ model }) => model.release());
        else made.model.release();
      }
      if (ofProgram.size === 0) this.#entries.delete(program);
    }
  }
}
