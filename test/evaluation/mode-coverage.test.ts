import { describe, expect, it } from 'vitest';
import { expectedModes, modeCoverage } from '../../src/evaluation/mode-coverage.ts';

describe('modeCoverage', () => {
  it('counts modes with a sample, or with a share', () => {
    const hits = [500, 499, 1, 0];
    expect(modeCoverage(hits)).toMatchObject({ modes: 3, of: 4 });
    expect(modeCoverage(hits, 0.01)).toMatchObject({ modes: 2, of: 4 });
  });

  it.each([
    [8, 2.0794],
    [25, 3.2189],
    [1000, 6.9078],
  ])('has a reverse KL of ln %i where one mode has everything', (modes, nats) => {
    const hits = Array.from({ length: modes }, (_, i) => (i === 0 ? 100 : 0));
    expect(modeCoverage(hits).reverseKl).toBeCloseTo(nats, 4);
    expect(modeCoverage(Array.from({ length: modes }, () => 7)).reverseKl).toBeCloseTo(0, 12);
  });

  it.each([
    [8, 2500, 0.0014],
    [25, 2500, 0.0048],
    [1000, 26_000, 0.0192],
  ])('states the floor of %i modes at %i samples', (modes, count, floor) => {
    const hits = Array.from({ length: modes }, (_, i) => Math.floor((count + i) / modes));
    expect(hits.reduce((sum, n) => sum + n, 0)).toBe(count);
    expect(modeCoverage(hits).floor).toBeCloseTo(floor, 4);
  });

  it('has nothing to say of no samples', () => {
    expect(modeCoverage([0, 0])).toEqual({ modes: 0, of: 2, reverseKl: 0, floor: 0 });
  });

  it('refuses no modes and half a hit', () => {
    expect(() => modeCoverage([])).toThrow('expected at least one mode, got none');
    expect(() => modeCoverage([0.5])).toThrow('hits: expected a whole number from 0, got 0.5');
  });
});

it('expectedModes tells what a perfect sampler of 1,000 modes hits', () => {
  expect(expectedModes(1000, 2500)).toBeCloseTo(918.0, 1);
  expect(expectedModes(1000, 26_000)).toBeCloseTo(1000, 6);
});
