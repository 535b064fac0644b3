import { describe, expect, it } from 'vitest';
import { drawSolid, type Solid, sceneLight, shadeOf, solids } from '../../src/data/draw-solid.ts';

describe('the solids', () => {
  it.each(Object.entries(solids))('have normals of length 1 towards the viewer: %s', (_, solid: Solid) => {
    let seen = 0;
    for (let x = -1.2; x <= 1.2; x += 0.05)
      for (let y = -1.2; y <= 1.2; y += 0.05) {
        const normal = solid(x, y);
        if (normal === undefined) continue;
        seen++;
        expect(Math.hypot(...normal)).toBeCloseTo(1, 12);
        expect(normal[2]).toBeGreaterThanOrEqual(0);
        expect(Math.hypot(x, y)).toBeLessThanOrEqual(1.0001);
      }
    expect(seen).toBeGreaterThan(100);
  });

  it('have a sphere that is lit as a sphere is', () => {
    expect(solids.sphere(0, 0)).toEqual([0, 0, 1]);
    expect(shadeOf(solids.sphere(0, 0)!)).toBeCloseTo(0.78033, 6);
    const [x, y] = sceneLight;
    expect(shadeOf(solids.sphere(x, y)!)).toBeCloseTo(1, 12);
    expect(shadeOf([0.8, -0.6, 0])).toBe(0.25);
  });

  it('have faces, a bent side and a hole where they should', () => {
    expect(solids.pyramid(0.3, 0.1)).toEqual([Math.SQRT1_2, 0, Math.SQRT1_2]);
    expect(solids.pyramid(0.1, -0.3)).toEqual([0, -Math.SQRT1_2, Math.SQRT1_2]);
    expect(solids.cylinder(0.5, 0.3)).toEqual([0, 0.5, Math.sqrt(0.75)]);
    expect(solids.torus(0, 0)).toBeUndefined();
    expect(solids.torus(0.68, 0)).toEqual([0, 0, 1]);
  });
});

describe('drawSolid', () => {
  it('turns the normals with the solid, and has y upwards', () => {
    const side = 33;
    const [image, normals] = [new Float32Array(3 * side ** 2), new Float32Array(3 * side ** 2)];
    const mask = new Float32Array(side ** 2);
    const scene = { solid: 'cylinder', x: 0.5, y: 0.5, radius: 0.4, albedo: [1, 1, 1], wall: 0.5 } as const;
    // An eighth of a turn: the axis rises to the right, so the side above leans to the left.
    drawSolid({ ...scene, rotation: Math.PI / 4 }, side, { image, normals, mask });
    const above = 3 * (side * 12 + 16);
    expect(normals[above]).toBeLessThan(-0.1);
    expect(normals[above + 1]).toBeCloseTo(-normals[above]!, 6);
    expect(mask[side * 16 + 16]).toBe(1);
    expect(mask[0]).toBe(0);
    expect(image[0]).toBeCloseTo(2 * 0.5 * 0.78033 - 1, 5);
  });
});
