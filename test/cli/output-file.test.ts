import { expect, it } from 'vitest';
import { endingOf } from '../../src/cli/output-file.ts';

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
