import type { Environment } from './environment.ts';
import { makeEnvironment } from './make-environment.ts';
import { linksScene } from './scenes.ts';
import { box, discrete } from './specs.ts';
import { timeLimit } from './time-limit.ts';

/** What differs from the registered environment. */
export interface AcrobotOptions {
  /** Steps after which an episode is cut off; 500 by default. */
  readonly limit?: number;
}

/**
 * Angle of the first link from hanging, of the second from the first, and their speeds. Radians and
 * seconds.
 */
type Links = readonly [first: number, second: number, firstSpeed: number, secondSpeed: number];

const gravity = 9.8;
const secondsPerStep = 0.2;
const fastest = [4 * Math.PI, 9 * Math.PI] as const;

/**
 * The change of the links in time under a torque, for links of length, mass and inertia 1 (the
 * book's equations).
 */
function change([first, second, speed1, speed2]: Links, torque: number): Links {
  const [cos2, sin2] = [Math.cos(second), Math.sin(second)];
  const d1 = 0.25 + (1 + 0.25 + cos2) + 1 + 1;
  const d2 = 0.25 + 0.5 * cos2 + 1;
  const phi2 = 0.5 * gravity * Math.cos(first + second - Math.PI / 2);
  const phi1 =
    -0.5 * speed2 ** 2 * sin2 - speed2 * speed1 * sin2 + 1.5 * gravity * Math.cos(first - Math.PI / 2) + phi2;
  const turn2 = (torque + (d2 / d1) * phi1 - 0.5 * speed1 ** 2 * sin2 - phi2) / (0.25 + 1 - (d2 * d2) / d1);
  return [speed1, speed2, -(d2 * turn2 + phi1) / d1, turn2];
}

/** One step of Runge and Kutta's fourth-order rule. */
function swing(links: Links, torque: number): Links {
  const along = (slopes: Links, seconds: number): Links => {
    const moved = (i: 0 | 1 | 2 | 3) => links[i] + seconds * slopes[i];
    return [moved(0), moved(1), moved(2), moved(3)];
  };
  const k1 = change(links, torque);
  const k2 = change(along(k1, secondsPerStep / 2), torque);
  const k3 = change(along(k2, secondsPerStep / 2), torque);
  const k4 = change(along(k3, secondsPerStep), torque);
  const next = links.map(
    (value, i) => value + (secondsPerStep / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!),
  );
  return [wrap(next[0]!), wrap(next[1]!), bound(next[2]!, fastest[0]), bound(next[3]!, fastest[1])];
}

function wrap(angle: number): number {
  let wrapped = angle;
  while (wrapped > Math.PI) wrapped -= 2 * Math.PI;
  while (wrapped < -Math.PI) wrapped += 2 * Math.PI;
  return wrapped;
}

function bound(value: number, limit: number): number {
  return Math.min(Math.max(value, -limit), limit);
}

/**
 * Gymnasium's Acrobot-v1: two links are to be swung up by a torque at the joint between them.
 * Actions 0, 1, 2 for torques -1, 0, 1; reward -1 for each step, 0 for the one that lifts the tip a
 * link's length above the fixed joint; 500 steps at most. Sutton, "Generalization in Reinforcement
 * Learning", NIPS 1996; Farama-Foundation/Gymnasium, acrobot.py.
 */
export function acrobot({ limit = 500 }: AcrobotOptions = {}): Environment<readonly number[], number> {
  const high = [1, 1, 1, 1, ...fastest];
  const dynamics = makeEnvironment<{ state: Links; observation: readonly number[]; action: number }>({
    name: 'Acrobot-v1',
    observation: box(
      high.map((limit) => -limit),
      high,
    ),
    action: discrete(3),
    start: (draws) => {
      const small = () => Math.fround(draws.uniform(-0.1, 0.1));
      return [small(), small(), small(), small()];
    },
    move: (links, action) => {
      const state = swing(links, action - 1);
      const terminated = -Math.cos(state[0]) - Math.cos(state[1] + state[0]) > 1;
      return { state, reward: terminated ? 0 : -1, terminated };
    },
    observe: ([first, second, speed1, speed2]) =>
      [Math.cos(first), Math.sin(first), Math.cos(second), Math.sin(second), speed1, speed2].map(Math.fround),
    scene: ([first, second]) => linksScene([first, first + second], 1),
  });
  return timeLimit(dynamics, limit);
}
