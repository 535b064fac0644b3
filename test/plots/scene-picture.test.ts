import { expect, it } from 'vitest';
import { animation, sceneAnimation, scenePicture } from '../../src/plots/index.ts';
import type { Scene } from '../../src/rl/index.ts';

const black = [0, 0, 0] as const;

/** The red part of each pixel, row by row. */
function reds(scene: Scene, width: number): number[][] {
  const { rgb, height } = scenePicture(scene, width);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => rgb[(y * width + x) * 3]!),
  );
}

it('fills polygons, with y upwards', () => {
  const points = [
    [0, 0],
    [2, 0],
    [2, 1],
    [0, 1],
  ] as const;
  const scene: Scene = { width: 4, height: 2, shapes: [{ kind: 'polygon', points, paint: black }] };
  expect(reds(scene, 4)).toEqual([
    [255, 255, 255, 255],
    [0, 0, 255, 255],
  ]);
});

it('mixes where an edge crosses a pixel', () => {
  const points = [
    [0, 0],
    [1, 0],
    [1, 1 / 3],
    [0, 1 / 3],
  ] as const;
  const scene: Scene = { width: 1, height: 1, shapes: [{ kind: 'polygon', points, paint: black }] };
  expect(reds(scene, 1)).toEqual([[170]]);
});

it('draws lines of a width, and discs', () => {
  const across = [
    [0, 1.5],
    [3, 1.5],
  ] as const;
  const line: Scene = {
    width: 3,
    height: 3,
    shapes: [{ kind: 'line', points: across, width: 1, paint: black }],
  };
  expect(reds(line, 3)).toEqual([
    [255, 255, 255],
    [0, 0, 0],
    [255, 255, 255],
  ]);
  const disc: Scene = {
    width: 9,
    height: 9,
    shapes: [{ kind: 'disc', centre: [4.5, 4.5], radius: 2, paint: black }],
  };
  const picture = reds(disc, 9);
  expect(picture[4]![4]).toBe(0);
  expect(picture[0]![0]).toBe(255);
  expect(picture.map((row) => [...row].reverse())).toEqual(picture);
});

it('survives shapes beyond its edges', () => {
  const points = [
    [-5, -5],
    [9, -5],
    [9, 9],
    [-5, 9],
  ] as const;
  const scene: Scene = { width: 1, height: 1, shapes: [{ kind: 'polygon', points, paint: black }] };
  expect(reds(scene, 2)).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

it('animates scenes, thirty a second', () => {
  const scene = (radius: number): Scene => ({
    width: 2,
    height: 1,
    shapes: [{ kind: 'disc', centre: [1, 0.5], radius, paint: black }],
  });
  const scenes = [scene(0.1), scene(0.4)];
  const pictures = scenes.map((one) => scenePicture(one, 20));
  expect(sceneAnimation(scenes, 20)).toEqual(animation(pictures, { seconds: 1 / 30 }));
});
