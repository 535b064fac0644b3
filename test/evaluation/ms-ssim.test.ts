import { describe, expect, it } from 'vitest';
import { imagesOf } from '../../src/evaluation/images.ts';
import { msSsim } from '../../src/evaluation/ms-ssim.ts';

const images = (side: number, ...at: ((y: number, x: number) => number)[]) =>
  imagesOf('test', {
    shape: [at.length, side, side, 1],
    data: at.flatMap((pixel) =>
      Array.from({ length: side * side }, (_, i) => pixel(Math.floor(i / side), i % side)),
    ),
  });

const wave = (y: number, x: number) => Math.sin(y / 3) * Math.cos(x / 2);

describe('msSsim', () => {
  it('is 1 for an image with itself, at sides that need padding too', () => {
    expect(msSsim(images(32, wave), 0, 0)).toBeCloseTo(1, 12);
    expect(msSsim(images(28, wave), 0, 0)).toBeCloseTo(1, 12);
  });

  it('compares even images by the luminance of the coarsest scale alone', () => {
    // l = (2 a b + c1) / (a^2 + b^2 + c1) with c1 = (0.01 * 2)^2, to the power of the last weight.
    const l = (2 * 0.5 * 0.25 + 0.0004) / (0.25 + 0.0625 + 0.0004);
    const two = images(
      32,
      () => 0.5,
      () => 0.25,
    );
    expect(msSsim(two, 0, 1)).toBeCloseTo(l ** 0.1333, 9);
  });

  it('is symmetric, falls with noise, and is 0 for an image and its negative', () => {
    const grain = (strength: number) => (y: number, x: number) =>
      wave(y, x) + strength * Math.sin(1.9 * x * y + 3.1 * y + 2.3 * x);
    const all = images(32, wave, grain(0.1), grain(0.5), (y, x) => -wave(y, x));
    const [near, far] = [msSsim(all, 0, 1), msSsim(all, 0, 2)];
    expect(msSsim(all, 1, 0)).toBeCloseTo(near, 12);
    expect(near).toBeLessThan(1);
    expect(far).toBeLessThan(near);
    expect(msSsim(all, 0, 3)).toBe(0);
  });

  it('refuses two images of other sizes or channels', () => {
    const form = (...shape: readonly number[]) =>
      imagesOf('test', { shape, data: new Array(shape.reduce((a, b) => a * b, 1)).fill(0.5) });
    const first = form(1, 16, 16, 1);
    for (const other of [form(1, 20, 16, 1), form(1, 16, 20, 1), form(1, 16, 16, 3)])
      expect(() => msSsim(first, 0, 0, { other })).toThrow('msSsim: expected two images of one size');
    expect(msSsim(first, 0, 0, { other: form(1, 16, 16, 1) })).toBeCloseTo(1, 12);
  });

  it('refuses a range of 0', () => {
    expect(() => msSsim(images(16, wave), 0, 0, { range: 0 })).toThrow(
      'range: expected a finite number above 0',
    );
  });
});
