import type { Environment } from './environment.ts';
import { makeEnvironment } from './make-environment.ts';
import { carBounds, type MountainCarOptions } from './mountain-car.ts';
import { carScene } from './scenes.ts';
import { box } from './specs.ts';
import { timeLimit } from './time-limit.ts';

const goal = 0.45;
const f32 = Math.fround;
const power = f32(0.0015);
const fastest = f32(0.07);
const [wall, top] = [f32(-1.2), f32(0.6)];

/** Position and speed. */
type Car = readonly [position: number, velocity: number];

/**
 * One step in float32, operation by operation as NumPy computes it. Only the first state of an
 * episode is of doubles, and a force that was clipped is, which becomes Python's own number.
 */
function drive([position, velocity]: Car, action: number): Car {
  const single = position === f32(position);
  const slope = 0.0025 * Math.cos(single ? f32(3 * position) : 3 * position);
  const clipped = Math.abs(action) > 1;
  const push = clipped ? Math.sign(action) * 0.0015 - slope : f32(f32(action * power) - f32(slope));
  const faster = single || !clipped ? f32(velocity + f32(push)) : velocity + push;
  const speed = Math.min(Math.max(faster, -fastest), fastest);
  const place = Math.min(Math.max(f32(position + speed), wall), top);
  return [place, place === wall && speed < 0 ? 0 : f32(speed)];
}

/**
 * Gymnasium's MountainCarContinuous-v0: the force is the action, [-1 to 1], float32; one beyond is
 * clipped. Reward -0.1 times the square of the action, as it was before, for each step, and 100 at
 * the goal, position 0.45; 999 steps at most. Unlike the others of its kind it keeps its state in
 * float32. Farama-Foundation/Gymnasium, continuous_mountain_car.py, with NumPy 2.
 */
export function mountainCarContinuous({
  limit = 999,
}: MountainCarOptions = {}): Environment<readonly number[], readonly number[]> {
  const dynamics = makeEnvironment<{ state: Car; observation: readonly number[]; action: readonly number[] }>(
    {
      name: 'MountainCarContinuous-v0',
      observation: box(carBounds.low, carBounds.high),
      action: box([-1], [1]),
      clips: true,
      start: (draws) => [draws.uniform(-0.6, -0.4), 0],
      move: (car, [force]) => {
        const state = drive(car, f32(force!));
        const terminated = state[0] >= f32(goal) && state[1] >= 0;
        return { state, reward: (terminated ? 100 : 0) - f32(force!) ** 2 * 0.1, terminated };
      },
      observe: ([position, velocity]) => [f32(position), f32(velocity)],
      scene: ([position]) => carScene(position, goal),
    },
  );
  return timeLimit(dynamics, limit);
}
