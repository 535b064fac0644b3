import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlines } from '../../src/data/outlines.ts';

const each = Object.entries(outlines);

/** The area inside the outline, by counting a fine grid. */
function area(outline: (x: number, y: number) => number): number {
  const steps = 400;
  let inside = 0;
  for (let i = 0; i < steps; i++)
    for (let j = 0; j < steps; j++)
      if (outline((2.4 * (i + 0.5)) / steps - 1.2, (2.4 * (j + 0.5)) / steps - 1.2) < 0) inside++;
  return inside * (2.4 / steps) ** 2;
}

describe('the outlines', () => {
  it.each([
    ['circle', Math.PI * 0.95 ** 2],
    ['square', 1.6 ** 2],
    ['triangle', 3 * Math.sqrt(3) * 0.56 ** 2],
    ['diamond', 2 * 0.7 * 1.15],
    ['cross', 2 * 2 * 0.66 - 0.66 ** 2],
    ['star', 5 * 1.15 * 0.5 * Math.sin(Math.PI / 5)],
    ['ring', Math.PI * (0.98 ** 2 - 0.42 ** 2)],
  ] as const)('enclose the area of a %s', (name, expected) => {
    expect(Math.abs(area(outlines[name]) / expected - 1)).toBeLessThan(0.01);
  });

  it.each(each)('keep the %s within 1.15 of the origin', (_, outline) => {
    for (let angle = 0; angle < 2 * Math.PI; angle += 0.01)
      expect(outline(1.16 * Math.cos(angle), 1.16 * Math.sin(angle))).toBeGreaterThan(0);
  });

  it.each(each)('have a slope of at most 1, with the %s', (_, outline) => {
    const coordinate = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, coordinate, (x, y, u, v) => {
        expect(Math.abs(outline(x, y) - outline(u, v))).toBeLessThanOrEqual(Math.hypot(x - u, y - v) + 1e-9);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('point the triangle and the star upwards, and open the crescent to the right', () => {
    expect(outlines.triangle(0, 1)).toBeLessThan(0);
    expect(outlines.triangle(0, -1)).toBeGreaterThan(0);
    expect(outlines.star(0, 1)).toBeLessThan(0);
    expect(outlines.star(0, -1)).toBeGreaterThan(0);
    expect(outlines.crescent(-0.7, 0)).toBeLessThan(0);
    expect(outlines.crescent(0.7, 0)).toBeGreaterThan(0);
  });
});
