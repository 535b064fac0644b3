import type { Environment } from './environment.ts';
import { makeEnvironment } from './make-environment.ts';
import { carBounds, drive, type MountainCarOptions, slope } from './mountain-car.ts';
import { carScene } from './scenes.ts';
import { box } from './specs.ts';
import { timeLimit } from './time-limit.ts';

const goal = 0.45;
const power = 0.0015;

/**
 * Gymnasium's MountainCarContinuous-v0: the force is the action, [-1 to 1]. Reward -0.1 times its square for each step, and
 * 100 at the goal, position 0.45; 999 steps at most. As there, the state is rounded to float32 after each step.
 * Farama-Foundation/Gymnasium, continuous_mountain_car.py.
 */
export function mountainCarContinuous({
  limit = 999,
}: MountainCarOptions = {}): Environment<readonly number[], readonly number[]> {
  const dynamics = makeEnvironment<readonly number[], readonly number[], readonly number[]>({
    name: 'MountainCarContinuous-v0',
    observation: box(carBounds.low, carBounds.high),
    action: box([-1], [1]),
    start: (draws) => [draws.uniform(-0.6, -0.4), 0],
    move: ([position, velocity], [force]) => {
      const state = drive(position!, velocity! + (force! * power + slope(position!)));
      const terminated = state[0] >= goal && state[1] >= 0;
      return {
        state: state.map(Math.fround),
        reward: (terminated ? 100 : 0) - force! ** 2 * 0.1,
        terminated,
      };
    },
    observe: ([position, velocity]) => [Math.fround(position!), Math.fround(velocity!)],
    scene: ([position]) => carScene(position!, goal),
  });
  return timeLimit(dynamics, limit);
}
