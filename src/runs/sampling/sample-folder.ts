import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isLeftOver, syncFolder, systemCode, writeStream, writeWhole } from '../../base/index.ts';

const manifest = 'samples.json';

/** Files of a folder by number. */
export interface NumberedNames {
  /** In front of the number: `frame-`. */
  readonly prefix: string;
  /** Digits of the number, with zeros in front. */
  readonly digits: number;
  /** Behind it: `.png`. */
  readonly ending: string;
}

/**
 * A folder of numbered files, each whole or not there, and of `samples.json`, which says what they
 * are of. The same command goes on with a folder that it was stopped in.
 */
export class SampleFolder {
  readonly path: string;
  readonly #names: NumberedNames;
  readonly #present = new Set<string>();

  /**
   * Makes the folder, or takes one that is empty or of the same origin.
   * @param origin all that the files depend on, as JSON
   * @throws RangeError where it holds something else; the system's error
   */
  constructor(path: string, origin: Readonly<Record<string, unknown>>, names: NumberedNames) {
    this.path = path;
    this.#names = names;
    const refuse = (why: string): never => {
      throw new RangeError(
        `path: expected a new or empty folder, or one that the same command began, got ${path}, which ${why}`,
      );
    };
    mkdirSync(path, { recursive: true });
    const entries = readdirSync(path).filter((name) => !this.#isLeftOver(name));
    const others = entries.filter((name) => name !== manifest && this.#numberOf(name) === undefined);
    if (others.length > 0) refuse(`holds ${others.slice(0, 3).join(', ')}`);
    if (entries.length > 0) {
      if (!entries.includes(manifest)) refuse(`holds ${entries.slice(0, 3).join(', ')}`);
      const differs = differenceOf(readOrigin(join(path, manifest)), origin);
      if (differs !== undefined) refuse(`holds samples of another ${differs}`);
    }
    for (const name of readdirSync(path).filter((name) => this.#isLeftOver(name)))
      rmSync(join(path, name), { force: true });
    for (const name of entries) this.#present.add(name);
    if (!entries.includes(manifest)) writeWhole(join(path, manifest), `${JSON.stringify(origin, null, 2)}\n`);
  }

  /** The first number from `from` on that has no file yet. */
  missingFrom(from: number): number {
    let number = from;
    while (this.#present.has(this.nameOf(number))) number++;
    return number;
  }

  /** The name of a file. */
  nameOf(number: number): string {
    const { prefix, digits, ending } = this.#names;
    return `${prefix}${String(number).padStart(digits, '0')}${ending}`;
  }

  /** Writes files that are not there yet, each whole or not at all. @throws the system's error */
  async write(files: readonly { readonly number: number; content(): Uint8Array }[]): Promise<void> {
    const missing = files.filter(({ number }) => !this.#present.has(this.nameOf(number)));
    const written = await Promise.allSettled(
      missing.map(async ({ number, content }) => {
        const name = this.nameOf(number);
        await writeStream(join(this.path, name), [content()]);
        this.#present.add(name);
      }),
    );
    const failed = written.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    syncFolder(this.path);
  }

  #numberOf(name: string): number | undefined {
    const { prefix, ending } = this.#names;
    const digits = name.slice(prefix.length, name.length - ending.length);
    const fits = /^\d+$/.test(digits) && name === this.nameOf(Number(digits));
    return fits ? Number(digits) : undefined;
  }

  #isLeftOver(name: string): boolean {
    const whole = name.replace(/\.\d+\.tmp$/, '');
    return isLeftOver(name) && (whole === manifest || this.#numberOf(whole) !== undefined);
  }
}

/** What the folder says that its files are of; undefined where that cannot be read. */
function readOrigin(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return Object(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || systemCode(error) !== undefined) return undefined;
    throw error;
  }
}

/** The first name whose values differ. */
function differenceOf(
  found: Readonly<Record<string, unknown>> | undefined,
  wanted: Readonly<Record<string, unknown>>,
): string | undefined {
  if (found === undefined) return 'origin';
  return [...new Set([...Object.keys(wanted), ...Object.keys(found)])].find(
    (name) => JSON.stringify(found[name]) !== JSON.stringify(wanted[name]),
  );
}
