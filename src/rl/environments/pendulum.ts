import { positiveNumber } from '../../base/index.ts';
import type { Environment } from './environment.ts';
import { makeEnvironment } from './make-environment.ts';
import { linksScene } from './scenes.ts';
import { box } from './specs.ts';
import { timeLimit } from './time-limit.ts';

/** What differs from the registered environment. */
export interface PendulumOptions {
  /** Steps after which an episode is cut off; 200 by default. */
  readonly limit?: number;
  /** Metres per second squared; 10 by default. */
  readonly gravity?: number;
}

const secondsPerStep = 0.05;
const fastest = 8;
const strongest = 2;

/** An angle from -pi up to pi. */
function normal(angle: number): number {
  const turn = 2 * Math.PI;
  const shifted = (angle + Math.PI) % turn;
  return (shifted < 0 ? shifted + turn : shifted) - Math.PI;
}

/**
 * Gymnasium's Pendulum-v1: a pendulum is to be swung up and held there. The action is the torque,
 * [-2 to 2], one beyond is clipped; the reward of a step is -(angle^2 + 0.1 speed^2 + 0.001
 * torque^2), with the angle from upright before the step; 200 steps, no other end.
 * Farama-Foundation/Gymnasium, pendulum.py, with NumPy 2.
 */
export function pendulum({
  limit = 200,
  gravity = 10,
}: PendulumOptions = {}): Environment<readonly number[], readonly number[]> {
  positiveNumber('pendulum: gravity', gravity);
  const dynamics = makeEnvironment<{
    state: readonly number[];
    observation: readonly number[];
    action: readonly number[];
  }>({
    name: 'Pendulum-v1',
    observation: box([-1, -1, -fastest], [1, 1, fastest]),
    action: box([-strongest], [strongest]),
    clips: true,
    start: (draws) => [draws.uniform(-Math.PI, Math.PI), draws.uniform(-1, 1)],
    move: ([angle, speed], [action]) => {
      // The action is float32, and what NumPy 2 does with it alone stays so.
      const torque = Math.min(Math.max(Math.fround(action!), -strongest), strongest);
      const cost =
        normal(angle!) ** 2 + 0.1 * speed! ** 2 + Math.fround(Math.fround(0.001) * Math.fround(torque ** 2));
      const faster =
        speed! + (((3 * gravity) / 2) * Math.sin(angle!) + Math.fround(3 * torque)) * secondsPerStep;
      const next = Math.min(Math.max(faster, -fastest), fastest);
      return { state: [angle! + next * secondsPerStep, next], reward: -cost, terminated: false };
    },
    observe: ([angle, speed]) => [
      Math.fround(Math.cos(angle!)),
      Math.fround(Math.sin(angle!)),
      Math.fround(speed!),
    ],
    // Its angle counts from upright.
    scene: ([angle]) => linksScene([angle! + Math.PI]),
  });
  return timeLimit(dynamics, limit);
}
