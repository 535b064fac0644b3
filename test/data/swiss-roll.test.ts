import { describe, expect, it } from 'vitest';
import { swissRoll } from '../../src/data/index.ts';

const count = 20_000;
const { data } = swissRoll({ seed: 1 }).read(Array.from({ length: count }, (_, i) => i)).examples;

describe('swissRoll', () => {
  it('has the radii of t uniform in [1.5 pi, 4.5 pi), divided by 7.5', () => {
    let squares = 0;
    let least = Infinity;
    let most = 0;
    for (let i = 0; i < data.length; i += 2) {
      const radius = Math.hypot(data[i]!, data[i + 1]!) * 7.5;
      squares += radius ** 2;
      least = Math.min(least, radius);
      most = Math.max(most, radius);
    }
    // E[t^2] = pi^2 (4.5^3 - 1.5^3) / 9, and twice the variance of the noise.
    const expected = (Math.PI ** 2 * (4.5 ** 3 - 1.5 ** 3)) / 9 + 2 * 0.25 ** 2;
    expect(Math.abs(squares / count / expected - 1)).toBeLessThan(0.02);
    expect(least).toBeGreaterThan(1.5 * Math.PI - 1.5);
    expect(most).toBeLessThan(4.5 * Math.PI + 1.5);
  });

  it('lies on the spiral up to the noise', () => {
    let squares = 0;
    for (let i = 0; i < data.length; i += 2) {
      const [x, y] = [data[i]! * 7.5, data[i + 1]! * 7.5];
      const angle = Math.atan2(y, x);
      const steps = Math.round((Math.hypot(x, y) - angle) / (2 * Math.PI));
      squares += (Math.hypot(x, y) - angle - 2 * Math.PI * steps) ** 2;
    }
    // Across the spiral the noise shows as itself; the angle adds noise / radius, small at radii
    // from 4.7.
    expect(Math.sqrt(squares / count)).toBeGreaterThan(0.25);
    expect(Math.sqrt(squares / count)).toBeLessThan(0.26);
  });

  it('has no classes', () => {
    expect(swissRoll()).toMatchObject({ name: 'swiss-roll', kind: 'points', size: Infinity, shape: [2] });
    expect(swissRoll()).not.toHaveProperty('classes');
  });
});
