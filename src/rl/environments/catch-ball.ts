import { wholeNumber } from '../../base/index.ts';
import type { Environment } from './environment.ts';
import { makeEnvironment } from './make-environment.ts';
import { paints, tiles } from './scene.ts';
import { box, discrete } from './specs.ts';

/** The size of the picture. */
export interface CatchBallOptions {
  /** Pixels of a side. @default 12 */
  readonly side?: number;
}

/** Columns of the ball and of the middle of the paddle, row of the ball, and its move each step. */
type Play = {
  readonly ball: number;
  readonly row: number;
  readonly drift: number;
  readonly paddle: number;
};

/**
 * A ball falls by one pixel a step, drifts by -1, 0 or 1 and bounces off the walls; a paddle of
 * three pixels in the lowest row is to be under it when it arrives. An observation is the picture,
 * row by row, 1 where the ball or the paddle is, else 0; one picture does not tell the drift.
 * Actions 0 left, 1 stay, 2 right. The reward is 1 for a ball that was caught, -1 for one that was
 * not, 0 before; an episode has `side` - 1 steps. After Catch of Osband et al., "Behaviour Suite
 * for Reinforcement Learning", https://arxiv.org/abs/1908.03568, whose ball falls straight.
 * @throws RangeError for a side below 5
 */
export function catchBall({ side = 12 }: CatchBallOptions = {}): Environment<readonly number[], number> {
  wholeNumber('catchBall: side', side, 5, 256);
  const last = side - 1;
  const within = (column: number, margin: number) => Math.min(last - margin, Math.max(margin, column));
  const lit = ({ ball, row, paddle }: Play, r: number, c: number) =>
    (r === row && c === ball) || (r === last && Math.abs(c - paddle) <= 1);
  return makeEnvironment<{ state: Play; observation: readonly number[]; action: number }>({
    name: 'CatchBall',
    observation: box(new Array(side * side).fill(0), new Array(side * side).fill(1)),
    action: discrete(3),
    start: (draws) => ({
      ball: draws.integer(side),
      row: 0,
      drift: draws.integer(3) - 1,
      paddle: Math.floor(side / 2),
    }),
    move({ ball, row, drift, paddle }, action) {
      const moved = within(paddle + action - 1, 1);
      const bounces = ball + drift < 0 || ball + drift > last;
      const way = bounces ? -drift : drift;
      const state = { ball: ball + way, row: row + 1, drift: way, paddle: moved };
      const terminated = state.row === last;
      const caught = Math.abs(state.ball - moved) <= 1;
      return { state, reward: terminated ? (caught ? 1 : -1) : 0, terminated };
    },
    observe: (play) =>
      Array.from({ length: side * side }, (_, i) => (lit(play, Math.floor(i / side), i % side) ? 1 : 0)),
    scene: (play) =>
      tiles(side, side, (r, c) => {
        if (!lit(play, r, c)) return paints.pale;
        return r === play.row ? paints.joint : paints.body;
      }),
  });
}
