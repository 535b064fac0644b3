import fc from 'fast-check';
import { expect } from 'vitest';
import { WeirError } from '../../src/base/index.ts';

/** How often a changed file was read, and how often refused. */
export interface Outcomes {
  readonly read: number;
  readonly refused: number;
}

/**
 * Reads a good file after up to four changed bytes, most of them among the first 64, and a cut:
 * each time a result, or an error of the package's own that names the file `f`.
 */
export async function fuzz(
  good: Uint8Array,
  read: (bytes: Uint8Array) => unknown,
  numRuns = 300,
  mend: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Promise<Outcomes> {
  const outcomes = { read: 0, refused: 0 };
  const place = fc.oneof(fc.nat(Math.min(63, good.length - 1)), fc.nat(good.length - 1));
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff));
  const changes = fc.array(fc.tuple(place, byte), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(changes, fc.nat(3 * good.length), async (places, length) => {
      const changed = Uint8Array.from(good.subarray(0, length));
      for (const [at, value] of places) if (at < changed.length) changed[at] = value;
      try {
        await read(mend(changed));
        outcomes.read++;
      } catch (error) {
        if (!(error instanceof WeirError)) throw error;
        expect(error.message).toMatch(/^f: /);
        outcomes.refused++;
      }
    }),
    { numRuns, seed: 1 },
  );
  return outcomes;
}

/** Whether both happened: a fuzz that reads or refuses everything shows nothing. */
export function expectBoth({ read, refused }: Outcomes): void {
  expect(read).toBeGreaterThan(5);
  expect(refused).toBeGreaterThan(5);
}
