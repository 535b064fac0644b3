import { describe, expect, it } from 'vitest';
import { StepSampler } from '../../../src/telemetry/traces/step-sampler.ts';

/** How many of so many steps of a second are chosen. */
function chosen(sampler: StepSampler, steps: number, seconds = 1): number {
  let count = 0;
  for (let i = 0; i < steps; i++) if (sampler.choose(seconds) !== undefined) count++;
  return count;
}

describe('the sampler of steps', () => {
  it('chooses every step while there are few', () => {
    const sampler = new StepSampler(100);
    expect(chosen(sampler, 10)).toBe(10);
    sampler.next();
    expect(chosen(sampler, 10)).toBe(10);
    expect(sampler.suppressed).toBe(0);
  });

  it('never chooses more in an interval than it has room for, and then spreads its choice', () => {
    const sampler = new StepSampler(100);
    expect(chosen(sampler, 100_000)).toBe(75);
    sampler.next();
    const [first, second] = [chosen(sampler, 50_000), chosen(sampler, 50_000)];
    expect(first).toBeGreaterThan(33);
    expect(second).toBeGreaterThan(33);
    expect(first + second).toBeLessThanOrEqual(75);
  });

  it('counts what it had no room for, sparsely', () => {
    const sampler = new StepSampler(100);
    chosen(sampler, 100_000);
    expect(sampler.suppressed).toBeGreaterThan(5);
    expect(sampler.suppressed).toBeLessThan(30);
  });

  it('chooses slow steps beyond its samples, and says why', () => {
    const sampler = new StepSampler(100);
    chosen(sampler, 1000);
    sampler.next();
    chosen(sampler, 5000);
    expect(sampler.choose(50)).toBe('slow');
    expect(chosen(sampler, 1000, 50)).toBeLessThanOrEqual(100);
  });

  it('takes no step for slow before it knows what is usual', () => {
    const sampler = new StepSampler(10);
    chosen(sampler, 50);
    expect([sampler.choose(1e6), sampler.choose(1e6)]).toEqual([undefined, undefined]);
  });
});
