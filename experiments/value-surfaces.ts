// Figure 1(a) of "Improved Training of Wasserstein GANs", https://arxiv.org/abs/1704.00028: the
// values of critics over the plane after training against a fixed generator (data plus N(0, 1)),
// with clipped weights and with the penalty.
//   npm run experiment value-surfaces [steps] [seeds]
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type Dataset, grid25, type Point, ring8, shuffled, swissRoll } from 'weir-streams/data';
import {
  type Engine,
  keyOf,
  normals,
  openEngine,
  type Program,
  type Tree,
  uniforms,
  Value,
} from 'weir-streams/engine';
import { adam, linearDecay, mlpCritic, rateAt, rmsprop } from 'weir-streams/models';
import { heatMap, type Raster } from 'weir-streams/plots';
import { type Constraint, step } from './gradient-norms.ts';

const batch = 256;
const critic = mlpCritic({ width: 128, depth: 3 });

/**
 * Clipping as in the paper, and the penalty with the weight of its toy code, 0.1, and a rate that
 * falls to nothing, so that the critic comes to rest.
 */
export const constraintsFor = (steps: number): readonly Constraint[] => [
  { name: 'clipping 0.01', optimizer: rmsprop({ rate: 5e-5 }), clip: 0.01 },
  {
    name: 'gradient penalty',
    optimizer: adam({ rate: linearDecay(1e-3, 0, steps), beta1: 0.5, beta2: 0.9 }),
    penalty: 0.1,
  },
];

/** A critic as a function: the scores of points. */
export type Surface = (points: readonly Point[]) => Promise<Float32Array>;

/** Trains a critic under a constraint; what it says of any points. */
export async function surface(
  data: Dataset,
  constraint: Constraint,
  engine: Engine,
  steps: number,
  seed: number,
): Promise<Surface> {
  const { optimizer } = constraint;
  const { weights } = critic.init(keyOf(seed, 'critic'), [2]);
  const learning = engine.open({ weights, slots: optimizer.init(weights) });
  const program = step(constraint, critic);
  for (const { index, batch: real } of shuffled(data, { size: batch, seed })) {
    if (index === steps) break;
    await learning.run(program, {
      real: real.examples,
      noise: normals(keyOf(seed, 'noise', index), [batch, 2]),
      mix: uniforms(keyOf(seed, 'mix', index), [batch, 1]),
      rate: Value.scalar(rateAt(optimizer.rate, index)),
    });
  }
  const learned = learning.read();
  learning.close();
  return async (points) => {
    const session = engine.open({ weights: learned.weights! });
    const { scores } = (await session.run(scoring, { x: Value.of(points.flat(), [points.length, 2]) })) as {
      scores: Value;
    };
    session.close();
    return scores.data as Float32Array;
  };
}

const scoring: Program = {
  name: 'scores',
  run: (state, { x }) => ({
    state,
    outputs: {
      scores: critic.apply({ weights: state.weights as Tree<Tensor>, buffers: {} }, x as Tensor, false).y,
    },
  }),
};

const spacing = 0.2;

/**
 * How often a critic prefers an example to a point at distance 0.2 in any direction: 1 for one that
 * peaks at the data, 1/2 for one that only knows where on the whole the data is.
 */
export async function preference(score: Surface, examples: readonly Point[], seed: number): Promise<number> {
  const { data } = uniforms(keyOf(seed, 'directions'), [examples.length]);
  const beside = examples.map(([x, y], i): Point => {
    const angle = 2 * Math.PI * data[i]!;
    return [x + spacing * Math.cos(angle), y + spacing * Math.sin(angle)];
  });
  const [at, away] = [await score(examples), await score(beside)];
  return at.filter((value, i) => value > away[i]!).length / examples.length;
}

const [side, reach, bands] = [96, 2.2, 16];

/** The points of a square map, row by row from its upper left corner. */
const places = Array.from({ length: side * side }, (_, i): Point => {
  const along = (cell: number) => reach * ((2 * cell + 1) / side - 1);
  return [along(i % side), -along(Math.floor(i / side))];
});

/** Scores as shares of their range, in bands whose edges are contours. */
export function banded(scores: ArrayLike<number>): number[] {
  const all = Array.from(scores);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return all.map((score) => Math.floor(((score - low) / (high - low || 1)) * bands) / bands);
}

/** Maps in rows and columns as one picture, with the examples of each column's data over them. */
function drawn(rows: readonly (readonly number[][])[], data: readonly (readonly Point[])[]): Raster {
  const gap = 2;
  const columns = data.length * side + (data.length - 1) * gap;
  const values: number[] = [];
  rows.forEach((maps, row) => {
    if (row > 0) values.push(...new Array<number>(gap * columns).fill(Number.NaN));
    for (let y = 0; y < side; y++)
      maps.forEach((map, i) => {
        if (i > 0) values.push(...new Array<number>(gap).fill(Number.NaN));
        values.push(...map.slice(y * side, (y + 1) * side));
      });
  });
  const raster = heatMap({ values, columns });
  const cell = raster.width / columns;
  rows.forEach((_, row) => {
    data.forEach((points, column) => {
      for (const [x, y] of points) {
        const [right, down] = [(x / reach + 1) / 2, (1 - y / reach) / 2];
        raster.disc(
          (column * (side + gap) + right * side) * cell,
          (row * (side + gap) + down * side) * cell,
          1,
          [214, 72, 38],
          0.7,
        );
      }
    });
  });
  return raster;
}

function pointsOf(data: Dataset, count: number): Point[] {
  const { examples } = data.read(Array.from({ length: count }, (_, i) => i));
  return Array.from({ length: count }, (_, i): Point => [examples.data[2 * i]!, examples.data[2 * i + 1]!]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [steps = '8000', seeds = '3', out = 'docs/systems/value-surfaces.png'] = process.argv.slice(2);
  const { engine } = await openEngine('auto');
  const data: readonly Dataset[] = [ring8(), grid25(), swissRoll()];
  console.log(
    `| critic | ${data.map(({ name }) => name).join(' | ')} |\n|---|${data.map(() => '---|').join('')}`,
  );
  const rows: number[][][] = [];
  for (const constraint of constraintsFor(Number(steps))) {
    const maps: number[][] = [];
    const cells: string[] = [];
    for (const dataset of data) {
      const shares: string[] = [];
      for (let seed = 1; seed <= Number(seeds); seed++) {
        const score = await surface(dataset, constraint, engine, Number(steps), seed);
        shares.push((await preference(score, pointsOf(dataset, 2000), seed)).toFixed(2));
        if (seed === 1) maps.push(banded(await score(places)));
      }
      cells.push(shares.join(', '));
    }
    rows.push(maps);
    console.log(`| ${constraint.name} | ${cells.join(' | ')} |`);
  }
  writeFileSync(
    out,
    drawn(
      rows,
      data.map((dataset) => pointsOf(dataset, 400)),
    ).png(),
  );
}
