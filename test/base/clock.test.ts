import { describe, expect, it } from 'vitest';
import { monotonicSeconds, wallSeconds, wallTime } from '../../src/base/index.ts';

describe('monotonicSeconds', () => {
  it('counts seconds and never goes back', async () => {
    const began = performance.now();
    const before = monotonicSeconds();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const passed = monotonicSeconds() - before;
    expect(passed).toBeGreaterThan(0.015);
    expect(passed).toBeLessThanOrEqual((performance.now() - began) / 1000);
  });
});

describe('wallTime', () => {
  it('is the time of day in UTC', () => {
    const before = Date.now();
    const said = wallTime();
    const after = Date.now();
    expect(said).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(Date.parse(said)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(said)).toBeLessThanOrEqual(after);
  });
});

describe('wallSeconds', () => {
  it('counts seconds since 1970', () => {
    const before = Date.now() / 1000;
    const said = wallSeconds();
    expect(said).toBeGreaterThanOrEqual(before);
    expect(said).toBeLessThanOrEqual(Date.now() / 1000);
  });
});
