import { expect, it } from 'vitest';
import { Raster } from '../../src/plots/index.ts';
import { drawText, letter } from '../../src/plots/letters.ts';

/** Dark pixels as `#`, the others as `.`. */
function seen(text: string): string[] {
  const raster = new Raster(letter.width * text.length, 8);
  drawText(raster, 0, 0, text, [0, 0, 0]);
  const pixel = (x: number, y: number) => (raster.rgb[(y * raster.width + x) * 3] === 0 ? '#' : '.');
  return Array.from({ length: 8 }, (_, y) =>
    Array.from({ length: raster.width }, (_, x) => pixel(x, y)).join(''),
  );
}

it('drawText writes letters one beside the other', () => {
  expect(seen('L')).toEqual([...Array.from({ length: 6 }, () => '#.....'), '#####.', '......']);
  expect(seen('-H')[3]).toBe('#####.#####.');
  expect(seen('1.')).toEqual([
    '..#.........',
    '.##.........',
    '..#.........',
    '..#.........',
    '..#.........',
    '..#.....##..',
    '.###....##..',
    '............',
  ]);
});

it('drawText writes a question mark for what it has no letter for', () => {
  expect(seen('ä')).toEqual(seen('?'));
  expect(seen('~')).not.toEqual(seen('?'));
});
