import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAppendFile } from '../../../src/runs/directory/append-file.ts';
import { cutLog } from '../../../src/runs/directory/rewind-step-log.ts';
import { rewindStepLog } from '../../../src/runs/index.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();
const path = join(folder, 'log.jsonl');

/** The bytes of a log after it was rewound. */
function rewound(before: string | Uint8Array, index: number): Buffer {
  writeFileSync(path, before);
  rewindStepLog(path, index);
  return readFileSync(path);
}

const line = (index: number, rest = '') =>
  `{"index":${index},"player":"critic","seconds":0.1,"loss":1${rest}}\n`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => line(from + i)).join('');

describe('rewindEventLog', () => {
  it('cuts off the lines from a turn on', () => {
    expect(rewound(lines(0, 100), 40).toString()).toBe(lines(0, 40));
    expect(rewound(lines(0, 100), 0).toString()).toBe('');
    expect(rewound(lines(0, 100), 100).toString()).toBe(lines(0, 100));
    expect(rewound('', 4).toString()).toBe('');
  });

  it('makes no log where there is none', () => {
    rewindStepLog(join(folder, 'none'), 3);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it('cuts off a line that a crash has torn', () => {
    expect(rewound(`${lines(0, 3)}{"index":3,"play`, 10).toString()).toBe(lines(0, 3));
  });

  it('ends a whole line that lacks its end, without a byte too many', () => {
    const open = lines(0, 3).trimEnd();
    expect(rewound(open, 10).toString()).toBe(lines(0, 3));
    expect(rewound(open, 2).toString()).toBe(lines(0, 2));
  });

  it('counts bytes, whatever they are: CRLF, a byte order mark, wrong UTF-8', () => {
    const windows = (to: number) => `\uFEFF${lines(0, to).replaceAll('\n', '\r\n')}`;
    expect(rewound(windows(9), 4).toString()).toBe(windows(4));
    const odd = (to: number) =>
      Buffer.from(Array.from({ length: to }, (_, i) => line(i, ',"é":"\xff"')).join(''), 'latin1');
    expect(rewound(odd(9), 4)).toEqual(odd(4));
  });

  it('passes over lines that are none of steps', () => {
    const before = `nonsense\n${lines(0, 3)}{"index":1,"pl\n\n${lines(3, 9)}`;
    expect(rewound(before, 5).toString()).toBe(before.slice(0, before.indexOf(line(5))));
  });

  it('keeps the lines before a step byte by byte, whatever stands among them', () => {
    const noise = fc
      .uint8Array({ maxLength: 40 })
      .map((bytes) => Buffer.from(bytes.map((b) => (b === 10 || b === 123 ? 0 : b))));
    const step = fc.record({
      gap: fc.integer({ min: 1, max: 5 }),
      noise: fc.option(noise),
      filler: fc.nat(300),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(200), noise, (steps, target, torn) => {
        const parts: Buffer[] = [];
        let index = -1;
        let end = 0;
        for (const { gap, noise, filler } of steps) {
          index += gap;
          if (noise !== null) parts.push(noise, Buffer.from('\n'));
          parts.push(Buffer.from(line(index, `,"x":"${'y'.repeat(filler)}"`)));
          if (index < target) end = Buffer.concat(parts).length;
        }
        const before = Buffer.concat([...parts, torn]);
        expect(rewound(before, target)).toEqual(before.subarray(0, end));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves the old bytes or the new ones, and a further rewinding mends what a crash has left', () => {
    for (const before of [lines(0, 9), lines(0, 9).trimEnd(), `${lines(0, 9)}{"ind`]) {
      for (const index of [4, 20]) {
        const done = rewound(before, index);
        writeFileSync(path, before);
        const file = openAppendFile(path);
        const crash = () => {
          throw new Error('killed');
        };
        // A crash before the one operation that changes the file.
        if (!done.equals(Buffer.from(before)))
          expect(() => cutLog({ ...file, truncate: crash, append: crash }, index)).toThrow('killed');
        file.close();
        expect(readFileSync(path, 'utf8')).toBe(before);
        rewindStepLog(path, index);
        expect(readFileSync(path)).toEqual(done);
        rewindStepLog(path, index);
        expect(readFileSync(path)).toEqual(done);
      }
    }
  });

  it('reads a few blocks of a log, however long it is', () => {
    writeFileSync(path, lines(0, 200_000));
    const file = openAppendFile(path);
    let read = 0;
    const counted = {
      ...file,
      read(position: number, length: number) {
        const bytes = file.read(position, length);
        read += bytes.length;
        return bytes;
      },
    };
    cutLog(counted, 123_456);
    file.close();
    expect(statSync(path).size).toBe(lines(0, 123_456).length);
    expect(read).toBeLessThan(1 << 20);
  });
});
