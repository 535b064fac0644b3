import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Output } from '../../src/cli/output.ts';
import { endingOf } from '../../src/cli/output-file.ts';

/** A stream whose writes fail from the second on. */
function failing(code: string) {
  const taken: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      taken.push(`${chunk}`);
      done(taken.length < 2 ? null : Object.assign(new Error(code), { code }));
    },
  });
  return { taken, output: new Output(stream) };
}

describe('an output', () => {
  it.each(['EPIPE', 'EIO', 'ENOSPC', 'ERR_STREAM_DESTROYED'])(
    'ends its writing at the first %s',
    async (code) => {
      const { taken, output } = failing(code);
      const lost: string[] = [];
      output.onLost((reason) => lost.push(reason));
      for (const text of ['a', 'b']) output.write(text);
      await output.settled();
      output.write('c');
      await output.settled();
      expect(taken).toEqual(['a', 'b']);
      expect(lost).toEqual([code]);
      expect(output.unheard).toBeUndefined();
    },
  );

  it('says why it was lost where no listener was told', async () => {
    const { output } = failing('EPIPE');
    output.onLost(() => {})();
    expect(output.unheard).toBeUndefined();
    for (const text of ['a', 'b']) output.write(text);
    await output.settled();
    expect(output.unheard).toBe('EPIPE');
  });

  it('tells a listener that comes late at once', async () => {
    const { output } = failing('EIO');
    for (const text of ['a', 'b']) output.write(text);
    await output.settled();
    const lost: string[] = [];
    output.onLost((reason) => lost.push(reason));
    expect(lost).toEqual(['EIO']);
  });

  it('waits until all is written', async () => {
    const taken: string[] = [];
    const slow = new Writable({
      write(chunk, _, done) {
        setImmediate(() => {
          taken.push(`${chunk}`);
          done();
        });
      },
    });
    const output = new Output(slow);
    for (const text of ['a', 'b']) output.write(text);
    await output.settled();
    expect(taken.slice(0, 2)).toEqual(['a', 'b']);
    expect(output.unheard).toBeUndefined();
  });
});

describe('output file', () => {
  it('tells the ending of a file that can be written', () => {
    expect(endingOf('a/b.c/film.gif', ['.gif', '.png'])).toBe('.gif');
    expect(endingOf('SAMPLE.PNG', ['.png'])).toBe('.png');
  });

  it.each(['x.jpg', 'png', '.png', 'dir.png/x', ''])(
    'refuses the name %j with option, rule and value',
    (path) => {
      expect(() => endingOf(path, ['.gif', '.png'])).toThrow(
        new RangeError(`--out: expected a file whose name ends in .gif or .png, got ${JSON.stringify(path)}`),
      );
    },
  );
});
