import { describe, expect, it } from 'vitest';
import { monotonicSeconds, wallSeconds, wallTime } from '../../src/base/index.ts';

describe('monotonicSeconds', () => {
  it('counts seconds and never goes back', async () => {
    const before = monotonicSeconds();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const passed = monotonicSeconds() - before;
    expect(passed).toBeGreaterThan(0.015);
    expect(passed).toBeLessThan(10);
  });
});

describe('wallTime', () => {
  it('is the time of day in UTC', () => {
    expect(Math.abs(Date.parse(wallTime()) - Date.now())).toBeLessThan(5_000);
    expect(wallTime()).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });
});

describe('wallSeconds', () => {
  it('counts seconds since 1970', () => {
    expect(Math.abs(wallSeconds() - Date.parse(wallTime()) / 1000)).toBeLessThan(1);
  });
});
