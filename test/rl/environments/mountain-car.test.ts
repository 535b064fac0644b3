import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { drive, slope } from '../../../src/rl/environments/mountain-car.ts';
import { environmentLaws, mountainCar } from '../../../src/rl/index.ts';
import { follow, trajectoriesOf } from './fixtures/trajectories.ts';

describe('mountainCar', () => {
  for (const { rule, check } of environmentLaws(mountainCar)) it(rule, check);

  it('moves as Gymnasium does, to the last bit of float32', () => {
    for (const trajectory of trajectoriesOf<number>('MountainCar-v0')) follow(mountainCar(), trajectory);
  });

  it('begins at rest between -0.6 and -0.4', () => {
    const starts = Array.from({ length: 200 }, (_, i) => mountainCar().reset(keyOf(i)).observation);
    expect(starts.every(([, velocity]) => velocity === 0)).toBe(true);
    const positions = starts.map(([position]) => position!);
    expect(Math.min(...positions)).toBeGreaterThanOrEqual(Math.fround(-0.6));
    expect(Math.min(...positions)).toBeLessThan(-0.59);
    expect(Math.max(...positions)).toBeGreaterThan(-0.41);
    expect(Math.max(...positions)).toBeLessThan(-0.4);
  });

  it('is cut off after 200 steps', () => {
    const car = mountainCar();
    car.reset(keyOf(1));
    const kinds = Array.from({ length: 200 }, () => car.step(1).kind);
    expect(kinds.indexOf('truncation')).toBe(199);
  });

  it('is drawn down the slope, and stopped by the wall', () => {
    expect(slope(0)).toBe(-0.0025);
    expect(drive(-1.19, -0.05)).toEqual([-1.2, 0]);
    expect(drive(0, 0.5)).toEqual([0.07, 0.07]);
  });
});
