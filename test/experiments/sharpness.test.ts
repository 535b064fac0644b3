import { expect, it } from 'vitest';
import { sharpness } from '../../experiments/sharpness.ts';
import { Value } from '../../src/engine/index.ts';

const images = (pixelAt: (x: number, y: number) => number) =>
  Value.of(
    Array.from({ length: 2 * 36 }, (_, i) => pixelAt(i % 6, Math.floor((i % 36) / 6))),
    [2, 6, 6, 1],
  );

it('gives a ramp the length of its slope, and no fine detail', () => {
  const { gradient, laplacian } = sharpness(images((x, y) => 0.3 * x + 0.4 * y));
  expect(gradient).toBeCloseTo(0.5, 6);
  expect(laplacian).toBeCloseTo(0, 6);
});

it('gives a chessboard of -1 and 1 a Laplacian of 8 everywhere in size', () => {
  const { gradient, laplacian } = sharpness(images((x, y) => ((x + y) % 2 === 0 ? 1 : -1)));
  expect(gradient).toBeCloseTo(Math.hypot(2, 2), 6);
  expect(laplacian).toBeCloseTo(64, 6);
});
