import { describe, expect, it } from 'vitest';
import { linePanels } from '../../src/plots/index.ts';

const line = (name: string, ...points: (readonly [number, number])[]) => ({ name, points });

/** How many pixels are of the colour of the first line, in a part of the picture. */
function red(panels: Parameters<typeof linePanels>[0], part: (x: number, y: number) => boolean): number {
  const { rgb, width } = linePanels(panels);
  let count = 0;
  for (let i = 0; i < rgb.length; i += 3) {
    const strong = rgb[i]! > 180 && rgb[i + 1]! < 120 && rgb[i + 2]! < 120;
    if (strong && part((i / 3) % width, Math.floor(i / 3 / width))) count++;
  }
  return count;
}

describe('linePanels', () => {
  it('lays panels out two in a row, with the names of all lines below', () => {
    const one = { title: 'fid', lines: [line('a', [0, 1], [1, 2])] };
    expect([linePanels([one]).width, linePanels([one]).height]).toEqual([440, 260 + 14 + 12]);
    const three = linePanels([one, one, { title: 'kid', lines: [line('b', [0, 1], [1, 2])] }]);
    expect([three.width, three.height]).toEqual([880, 520 + 28 + 12]);
  });

  it('draws each panel in its place, from left to right and then down', () => {
    const line0 = [line('a', [0, 0], [10, 10])];
    for (const at of [0, 1, 2, 3]) {
      const panels = [0, 1, 2, 3].map((i) => ({ title: '', lines: i === at ? line0 : [] }));
      const here = (x: number, y: number) => Math.floor(x / 440) + 2 * Math.floor(y / 260) === at;
      expect(red(panels, (x, y) => y < 520 && here(x, y))).toBeGreaterThan(100);
      expect(red(panels, (x, y) => y < 520 && !here(x, y))).toBe(0);
    }
  });

  it('draws a line from the lower left to the upper right, and none over a gap', () => {
    const rising = [{ title: 'x', lines: [line('a', [0, 0], [10, 10])] }];
    const left = (x: number, y: number) => x < 150 && y > 150 && y < 250;
    const wrong = (x: number, y: number) => x > 300 && y > 150 && y < 250;
    expect(red(rising, left)).toBeGreaterThan(20);
    expect(red(rising, wrong)).toBe(0);
    const torn = [{ title: 'x', lines: [line('a', [0, 0], [5, Number.NaN], [10, 10])] }];
    expect(red(torn, (_, y) => y < 250)).toBeLessThan(20);
  });

  it('says where there is nothing to draw', () => {
    const empty = linePanels([{ title: 'x', lines: [] }]);
    expect(empty.rgb.some((value) => value < 100)).toBe(true);
  });
});
