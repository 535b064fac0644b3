import { describe, expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { scatter } from '../../src/plots/index.ts';

const nothing = Value.filled([0, 2], 0);
const corners = Value.of([1, 1, -1, -1], [2, 2]);

/** The colour at a point of the plane, for data that reaches to 1. */
function colourAt(raster: { width: number; rgb: Uint8ClampedArray }, x: number, y: number): number[] {
  const scale = (640 - 48) / 2.2;
  const at = (Math.round(320 - y * scale) * raster.width + Math.round(320 + x * scale)) * 3;
  return [...raster.rgb.slice(at, at + 3)];
}

describe('scatter', () => {
  it('draws samples in colour over grey data, with y upwards', () => {
    const raster = scatter(Value.of([0, 0.5], [1, 2]), corners);
    const [red = 0, , blue = 0] = colourAt(raster, 0, 0.5);
    expect(red).toBeGreaterThan(blue + 60);
    expect(colourAt(raster, 0, -0.5)).toEqual([255, 255, 255]);
    const grey = colourAt(raster, 1, 1);
    expect(Math.max(...grey) - Math.min(...grey)).toBeLessThan(20);
    expect(grey[0]).toBeLessThan(240);
  });

  it('draws the circles round the centres', () => {
    const circles = { centres: [[0, 0]], radius: 0.5 } as const;
    expect(colourAt(scatter(nothing, corners, circles), 0.5, 0)).not.toEqual([255, 255, 255]);
    expect(colourAt(scatter(nothing, corners), 0.5, 0)).toEqual([255, 255, 255]);
  });

  it('leaves out samples beyond the edge and refuses other shapes', () => {
    expect(() => scatter(Value.of([1e9, Number.NaN], [1, 2]), corners)).not.toThrow();
    expect(() => scatter(Value.filled([3], 0), corners)).toThrow(
      'scatter: expected points of shape [count, 2], got [3]',
    );
    expect(() => scatter(nothing, Value.filled([2, 3], 0))).toThrow('got [2,3]');
    expect(() => scatter(Value.filled([1, 2, 1], 0), corners)).toThrow('got [1,2,1]');
  });
});
