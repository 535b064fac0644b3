import type { Environment } from './environment.ts';
import { makeEnvironment } from './make-environment.ts';
import { poleScene } from './scenes.ts';
import { box, discrete } from './specs.ts';
import { timeLimit } from './time-limit.ts';

/** What differs from the registered environment. */
export interface CartPoleOptions {
  /** Steps after which an episode is cut off; 500 by default. */
  readonly limit?: number;
}

/** The cart's position and speed, the pole's angle (radians from upright) and angular speed. */
type Balance = readonly [x: number, speed: number, angle: number, turning: number];

const gravity = 9.8;
const poleMass = 0.1;
const totalMass = 1.1;
const halfLength = 0.5;
const poleMoment = poleMass * halfLength;
const force = 10;
const secondsPerStep = 0.02;
const widest = 2.4;
const steepest = (12 * 2 * Math.PI) / 360;

/** One Euler step under a force. */
function push([x, speed, angle, turning]: Balance, pushed: number): Balance {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const thrust = (pushed + poleMoment * (turning * turning) * sin) / totalMass;
  const turn = (gravity * sin - cos * thrust) / (halfLength * (4 / 3 - (poleMass * (cos * cos)) / totalMass));
  const acceleration = thrust - (poleMoment * turn * cos) / totalMass;
  return [
    x + secondsPerStep * speed,
    speed + secondsPerStep * acceleration,
    angle + secondsPerStep * turning,
    turning + secondsPerStep * turn,
  ];
}

/**
 * Gymnasium's CartPole-v1: a pole is to be kept upright on a cart. Actions 0 left, 1 right; reward
 * 1 for each step, the last one included; it ends beyond 2.4 or 12 degrees; 500 steps at most.
 * Barto, Sutton and Anderson, "Neuronlike adaptive elements", 1983; Farama-Foundation/Gymnasium,
 * cartpole.py.
 */
export function cartPole({ limit = 500 }: CartPoleOptions = {}): Environment<readonly number[], number> {
  const high = [2 * widest, Infinity, 2 * steepest, Infinity];
  const dynamics = makeEnvironment<{ state: Balance; observation: readonly number[]; action: number }>({
    name: 'CartPole-v1',
    observation: box(
      high.map((bound) => -bound),
      high,
    ),
    action: discrete(2),
    start: (draws) => {
      const small = () => draws.uniform(-0.05, 0.05);
      return [small(), small(), small(), small()];
    },
    move: (before, action) => {
      const state = push(before, action === 1 ? force : -force);
      const terminated = Math.abs(state[0]) > widest || Math.abs(state[2]) > steepest;
      return { state, reward: 1, terminated };
    },
    observe: ([x, speed, angle, turning]) => [
      Math.fround(x),
      Math.fround(speed),
      Math.fround(angle),
      Math.fround(turning),
    ],
    scene: ([x, , angle]) => poleScene(x, angle),
  });
  return timeLimit(dynamics, limit);
}
