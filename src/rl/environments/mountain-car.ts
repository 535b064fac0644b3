import type { Environment } from './environment.ts';
import { makeEnvironment } from './make-environment.ts';
import { carScene } from './scenes.ts';
import { box, discrete } from './specs.ts';
import { timeLimit } from './time-limit.ts';

/** What differs from the registered environment. */
export interface MountainCarOptions {
  /** Steps after which an episode is cut off; 200 by default. */
  readonly limit?: number;
}

/** Position and speed. */
type Car = readonly [position: number, velocity: number];

/** Where the car may be: [position, velocity]. */
export const carBounds = { low: [-1.2, -0.07], high: [0.6, 0.07] } as const;

const goal = 0.5;

/** What gravity does to the speed at a position. */
export function slope(position: number): number {
  return -0.0025 * Math.cos(3 * position);
}

/** The position after a step at a speed: both are stopped by the wall on the left. */
export function drive(position: number, velocity: number): Car {
  const { low, high } = carBounds;
  const speed = Math.min(Math.max(velocity, low[1]), high[1]);
  const place = Math.min(Math.max(position + speed, low[0]), high[0]);
  return [place, place === low[0] && speed < 0 ? 0 : speed];
}

/**
 * Gymnasium's MountainCar-v0: an engine too weak for the hill has to swing the car up. Actions 0
 * left, 1 nothing, 2 right; reward -1 for each step, the last one included; the goal is position
 * 0.5; 200 steps at most. Moore, "Efficient Memory-based Learning for Robot Control", 1990;
 * Farama-Foundation/Gymnasium, mountain_car.py.
 */
export function mountainCar({
  limit = 200,
}: MountainCarOptions = {}): Environment<readonly number[], number> {
  const dynamics = makeEnvironment<{ state: Car; observation: readonly number[]; action: number }>({
    name: 'MountainCar-v0',
    observation: box(carBounds.low, carBounds.high),
    action: discrete(3),
    start: (draws) => [draws.uniform(-0.6, -0.4), 0],
    move: (car, action) => {
      const state = drive(car[0], car[1] + ((action - 1) * 0.001 + slope(car[0])));
      return { state, reward: -1, terminated: state[0] >= goal && state[1] >= 0 };
    },
    observe: (car) => [Math.fround(car[0]), Math.fround(car[1])],
    scene: ([position]) => carScene(position, goal),
  });
  return timeLimit(dynamics, limit);
}
