import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/server/request-body.ts';

const body = (...parts: string[]) =>
  readBody(Readable.from(parts.map((part) => Buffer.from(part))) as IncomingMessage);

describe('readBody', () => {
  it('reads text, also where a letter lies across parts', async () => {
    expect(await body('{"a":', '1}')).toBe('{"a":1}');
    const [first, second] = [Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)];
    expect(await readBody(Readable.from([first, second]) as IncomingMessage)).toBe('ä');
    expect(await body()).toBe('');
  });

  it('takes 16 KB and not a byte more', async () => {
    expect(await body('x'.repeat(16_384))).toHaveLength(16_384);
    await expect(body('x'.repeat(16_384), 'x')).rejects.toMatchObject({ status: 413 });
  });

  it('refuses a body that is cut off', async () => {
    const cut = new Readable({ read() {} });
    const reading = readBody(cut as IncomingMessage);
    cut.destroy(new Error('aborted'));
    await expect(reading).rejects.toMatchObject({ status: 400 });
  });
});
