// Computes how few steps the mountain car needs, by value iteration on a grid.
//   npm run experiment mountain-car-bound [positions] [speeds] [episodes]
import { evaluateGreedy, mountainCar } from 'weir-streams/rl';

/**
 * Value iteration on a grid of positions and speeds, with values in between by bilinear
 * interpolation.
 */
function costs(positions: number, speeds: number): (position: number, velocity: number) => number {
  const table = new Float64Array(positions * speeds);
  const [across, up] = [1.8 / (positions - 1), 0.14 / (speeds - 1)];
  const between = (position: number, velocity: number): number => {
    const [x, y] = [(position + 1.2) / across, (velocity + 0.07) / up];
    const [i, j] = [Math.min(Math.floor(x), positions - 2), Math.min(Math.floor(y), speeds - 2)];
    const [p, q] = [x - i, y - j];
    const at = i * speeds + j;
    const left = table[at]! * (1 - q) + table[at + 1]! * q;
    return left * (1 - p) + (table[at + speeds]! * (1 - q) + table[at + speeds + 1]! * q) * p;
  };
  for (let change = 1; change > 1e-3; ) {
    change = 0;
    for (let i = 0; i < positions; i++) {
      for (let j = 0; j < speeds; j++) {
        const cost = least(-1.2 + i * across, -0.07 + j * up, between);
        change = Math.max(change, Math.abs(cost - table[i * speeds + j]!));
        table[i * speeds + j] = cost;
      }
    }
  }
  return between;
}

/** Steps to the goal when an action is taken now, by Gymnasium's dynamics. */
function after(
  position: number,
  velocity: number,
  action: number,
  rest: (p: number, v: number) => number,
): number {
  let speed = velocity + (action - 1) * 0.001 - 0.0025 * Math.cos(3 * position);
  speed = Math.min(Math.max(speed, -0.07), 0.07);
  const place = Math.min(Math.max(position + speed, -1.2), 0.6);
  if (place === -1.2 && speed < 0) speed = 0;
  return place >= 0.5 ? 1 : 1 + rest(place, speed);
}

/** Steps to the goal by the best action. */
function least(position: number, velocity: number, rest: (p: number, v: number) => number): number {
  const [a, b, c] = [0, 1, 2].map((action) => after(position, velocity, action, rest)) as [
    number,
    number,
    number,
  ];
  return a < b ? (a < c ? a : c) : b < c ? b : c;
}

const [positions = 451, speeds = 281, episodes = 2_000] = process.argv.slice(2).map(Number);
const rest = costs(positions, speeds);
const lookahead = {
  greedy([position, velocity]: readonly number[]): number {
    const found = [0, 1, 2].map((action) => after(position!, velocity!, action, rest));
    return found.indexOf(Math.min(...found));
  },
};
const pushWhereItMoves = { greedy: ([, velocity]: readonly number[]) => (velocity! >= 0 ? 2 : 0) };
for (const [name, actor] of Object.entries({ lookahead, pushWhereItMoves })) {
  const { returnMean, returnDeviation, returns } = await evaluateGreedy(mountainCar(), actor, { episodes });
  const range = `${Math.min(...returns)} to ${Math.max(...returns)}`;
  console.log(
    `${name}: ${returnMean.toFixed(2)} +- ${returnDeviation.toFixed(2)}, ${range}, ${episodes} episodes`,
  );
}
