import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { samplePng } from '../../src/plots/index.ts';

describe('samplePng', () => {
  it('writes one image in its own size, in colours', () => {
    const images = Value.of([0, 0, 0, 0, 0, 0, -1, 0, 1, 2, -3, 0.5], [2, 1, 2, 3]);
    const { width, height, data } = PNG.sync.read(samplePng(images, 1));
    expect([width, height]).toEqual([2, 1]);
    expect([...data]).toEqual([0, 128, 255, 255, 255, 0, 191, 255]);
  });

  it('writes a grey image as grey', () => {
    const png = samplePng(Value.of([-1, 1, 0, 1], [1, 2, 2, 1]), 0);
    // Byte 25 of a PNG is its colour type; 0 is grey.
    expect(png[25]).toBe(0);
    const { width, data } = PNG.sync.read(png);
    expect(width).toBe(2);
    expect([...data].filter((_, i) => i % 4 === 0)).toEqual([0, 255, 128, 255]);
  });

  it.each([[[1, 2]], [[1, 1, 1, 2]]])('refuses %j', (shape) => {
    expect(() => samplePng(Value.filled(shape, 0), 0)).toThrow('samplePng: expected images of shape');
  });
});
