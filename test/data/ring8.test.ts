import { describe, expect, it } from 'vitest';
import { ring8 } from '../../src/data/index.ts';

describe('ring8', () => {
  it('has eight different centres at radius 2 / 1.414, an eighth of a step apart', () => {
    const { centres } = ring8();
    expect(centres).toHaveLength(8);
    centres.forEach(([x, y], mode) => {
      expect(Math.hypot(x, y)).toBeCloseTo(1.41443, 5);
      expect((Math.atan2(y, x) + 2 * Math.PI) % (2 * Math.PI)).toBeCloseTo((mode * Math.PI) / 4, 9);
    });
  });

  it('has radius over deviation = 100', () => {
    expect(ring8().deviation).toBeCloseTo(0.0141443, 7);
  });

  it('is close to one standard deviation along each axis', () => {
    const data = [...ring8({ seed: 5 }).read(Array.from({ length: 4_000 }, (_, i) => i)).examples.data];
    const squares = data.reduce((sum, value) => sum + value * value, 0);
    expect(Math.sqrt(squares / data.length)).toBeCloseTo(1, 2);
  });

  it('holds 98.89 % of its own points within three deviations of a centre', () => {
    const dataset = ring8({ seed: 2 });
    const { examples, labels } = dataset.read(Array.from({ length: 10_000 }, (_, i) => i));
    const near = [...labels!.data].filter((mode, i) => {
      const [x, y] = dataset.centres[mode]!;
      return Math.hypot(examples.data[2 * i]! - x, examples.data[2 * i + 1]! - y) < 3 * dataset.deviation;
    });
    expect(near.length / 10_000).toBeCloseTo(0.9889, 2);
  });
});
