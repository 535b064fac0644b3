// A bijection that is known, learned without pairs, with and without the cycle: pictures of shapes to
// negatives of other ones with their channels turned, and five Gaussians on a pentagon to the same
// turned by 25 degrees.
//   npm run experiment cycle-gan [seeds] [steps of each player, pictures] [the same, plane]
import { pathToFileURL } from 'node:url';
import { take, tap } from 'rxjs';
import { type Dataset, mixture, type Point, shapes, shuffled, unpaired } from 'weir-streams/data';
import { type Engine, openEngine, Value } from 'weir-streams/engine';
import { readShapes } from 'weir-streams/evaluation';
import {
  adam,
  cycleGan,
  type Layer,
  leakyRelu,
  mlpCritic,
  mlpGenerator,
  patchCritic,
  residualTranslator,
  type Trainer,
  torchInitial,
  train,
} from 'weir-streams/models';
import { inOrder, pump, Run } from 'weir-streams/streams';

/** How a CycleGAN is trained here. */
export interface Cycled {
  readonly engine: Engine;
  readonly seed: number;
  /** Of each of the two players. */
  readonly steps: number;
  /** The weight of the cycle, lambda. */
  readonly cycle: number;
}

/** The same examples, each changed. */
function changed(dataset: Dataset, name: string, change: (data: Float32Array, at: number) => void): Dataset {
  const each = dataset.shape.at(-1)!;
  return {
    ...dataset,
    name,
    fingerprint: `${name}:${dataset.fingerprint}`,
    read(indices) {
      const batch = dataset.read(indices);
      const data = Float32Array.from(batch.examples.data);
      for (let at = 0; at < data.length; at += each) change(data, at);
      return { ...batch, examples: new Value('float32', batch.examples.shape, data) };
    },
  };
}

async function learned(
  target: Dataset,
  source: Dataset,
  networks: () => { readonly generator: Layer; readonly critic: Layer },
  { engine, seed, steps, cycle }: Cycled,
  { batch, history }: { readonly batch: number; readonly history: number },
): Promise<{ readonly trainer: Trainer; readonly thereAndBack: number }> {
  const optimizer = () => adam({ rate: 1e-3, beta1: 0.5 });
  const system = cycleGan({
    sources: {
      part: 'other',
      shape: source.shape,
      draw: (count) => source.read(Array.from({ length: count }, (_, i) => i)).examples,
    },
    source: networks(),
    target: networks(),
    cycle,
    history,
    optimizers: { generators: optimizer(), critics: optimizer() },
  });
  const trainer = train(system, engine, { seed });
  const run = new Run();
  const ways: number[] = [];
  await run.done(
    pump(shuffled(unpaired(target, source, { seed }), { size: batch, seed }), run).pipe(
      inOrder(['generators', 'critics']),
      take(2 * steps),
      trainer.learn(run.gate),
      tap(({ values }) => values.cycle !== undefined && ways.push(values.cycle)),
    ),
  );
  const last = ways.slice(-50);
  // The event reports the sum over both ways.
  return { trainer, thereAndBack: last.reduce((sum, x) => sum + x, 0) / last.length / 2 };
}

/** What became of pictures. */
export interface TurnedShapes {
  /** Mean absolute error to the true partner, in [-1, 1]. */
  readonly l1: number;
  readonly thereAndBack: number;
  /** Shares of pictures whose attribute is kept. */
  readonly shape: number;
  readonly size: number;
  readonly place: number;
  readonly colour: number;
  /** Share of each colour that goes to its most frequent answer, and how many answers there are. */
  readonly consistency: number;
  readonly answers: number;
}

const looked = 400;

/** Learns to turn the channels of shapes, and their sign, without pairs. */
export async function turnedShapes(how: Cycled): Promise<TurnedShapes> {
  const source = shapes({ side: 16, seed: how.seed });
  // y = -x[g, b, r].
  const turn = (data: Float32Array, at: number) => {
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3);
    data.set([-g, -b, -r], at);
  };
  const target = changed(shapes({ side: 16, seed: 500 + how.seed }), 'turned', turn);
  const networks = () => ({
    generator: residualTranslator({ channels: 3, filters: 16, blocks: 1, normalisation: 'none' }),
    critic: patchCritic({ side: 16, filters: 24 }),
  });
  const form = { batch: 16, history: 50 };
  const { trainer, thereAndBack } = await learned(target, source, networks, how, form);
  const held = shapes({ side: 16, seed: 900 + how.seed });
  const indices = Array.from({ length: looked }, (_, i) => i);
  const { examples } = held.read(indices);
  const made = await trainer.sampleFrom({ a: examples });
  trainer.close();
  const truth = changed(held, 'turned', turn).read(indices).examples.data;
  let missed = 0;
  for (let i = 0; i < truth.length; i++) missed += Math.abs(made.data[i]! - truth[i]!);
  const undone = Float32Array.from(made.data);
  for (let at = 0; at < undone.length; at += 3) {
    const [r = 0, g = 0, b = 0] = made.data.subarray(at, at + 3);
    undone.set([-b, -r, -g], at);
  }
  const readings = await readShapes({ shape: made.shape, data: undone });
  const given = held.scenes(indices).map(({ attributes }) => attributes);
  const kept = (of: 'shape' | 'size' | 'place' | 'colour') =>
    readings.filter(({ attributes }, i) => attributes[of] === given[i]![of]).length / looked;
  const answers = given.map(({ colour }, i) => [colour, readings[i]!.attributes.colour] as const);
  const most = [...new Set(answers.map(([colour]) => colour))].map((colour) => {
    const of = answers.filter(([own]) => own === colour).map(([, answer]) => answer);
    const counts = [...new Set(of)].map((answer) => of.filter((other) => other === answer).length);
    return { count: Math.max(...counts), answer: mostFrequent(of) };
  });
  return {
    l1: missed / truth.length,
    thereAndBack,
    shape: kept('shape'),
    size: kept('size'),
    place: kept('place'),
    colour: kept('colour'),
    consistency: most.reduce((sum, { count }) => sum + count, 0) / looked,
    answers: new Set(most.map(({ answer }) => answer)).size,
  };
}

function mostFrequent(numbers: readonly number[]): number {
  const count = (of: number) => numbers.filter((other) => other === of).length;
  return [...new Set(numbers)].sort((a, b) => count(b) - count(a))[0]!;
}

/** What became of the corners of a pentagon. */
export interface TurnedCorners {
  readonly thereAndBack: number;
  /** Different corners that the five corners go to. */
  readonly distinct: number;
  /** Share of points within three deviations of a corner. */
  readonly quality: number;
  /** Share of points at the corner that is theirs. */
  readonly right: number;
}

const deviation = 0.05;
const hidden = { width: 64, depth: 2 };
/** Networks of the plane: with PyTorch's first values and leaky ReLU, and with He's and ReLU. */
export const planeNetworks = {
  PyTorch: {
    ...hidden,
    activation: () => leakyRelu(0.2),
    initial: torchInitial,
  },
  He: hidden,
};
const corners: readonly Point[] = [0, 1, 2, 3, 4].map((i) => [
  Math.cos((2 * Math.PI * i) / 5),
  Math.sin((2 * Math.PI * i) / 5),
]);
/** Fiftieths of the points at each corner, by which one bijection is the right one. */
const shares = [3, 6, 9, 13, 19];

/** Learns to turn a pentagon by 25 degrees, with equal weights or with those that decide. */
export async function turnedPentagon(
  weighted: boolean,
  how: Cycled,
  mlp: Parameters<typeof mlpCritic>[0] = planeNetworks.PyTorch,
): Promise<TurnedCorners> {
  const centres = weighted ? corners.flatMap((corner, i) => Array(shares[i]!).fill(corner)) : corners;
  const angle = (25 * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turn = (data: Float32Array, at: number) => {
    const [x = 0, y = 0] = data.subarray(at, at + 2);
    data.set([cos * x - sin * y, sin * x + cos * y], at);
  };
  const points = (seed: number) => mixture('pentagon', centres as Point[], deviation, seed);
  const target = changed(points(500 + how.seed), 'turned pentagon', turn);
  const networks = () => ({
    generator: mlpGenerator({ ...mlp, outputs: 2 }),
    critic: mlpCritic(mlp),
  });
  const form = { batch: 64, history: 512 };
  const { trainer, thereAndBack } = await learned(target, points(how.seed), networks, how, form);
  const turned = corners.map(([x, y]): Point => [cos * x - sin * y, sin * x + cos * y]);
  const { examples, labels } = points(900 + how.seed).read(Array.from({ length: 2_000 }, (_, i) => i));
  const made = await trainer.sampleFrom({ a: examples });
  const atCorners = await trainer.sampleFrom({ a: Value.of(corners.flat(), [5, 2]) });
  trainer.close();
  const nearest = ({ data }: Value, i: number) => {
    const distances = turned.map(([x, y]) => Math.hypot(data[2 * i]! - x, data[2 * i + 1]! - y));
    const distance = Math.min(...distances);
    return { distance, corner: distances.indexOf(distance) };
  };
  const cornerOf = centres.map((centre) => corners.indexOf(centre as Point));
  const found = Array.from({ length: 2_000 }, (_, i) => nearest(made, i));
  return {
    thereAndBack,
    distinct: new Set([0, 1, 2, 3, 4].map((i) => nearest(atCorners, i).corner)).size,
    quality: found.filter(({ distance }) => distance < 3 * deviation).length / 2_000,
    right: found.filter(({ corner }, i) => corner === cornerOf[labels!.data[i]!]).length / 2_000,
  };
}

const rounded = (numbers: readonly number[]) => numbers.map((x) => x.toFixed(3)).join(' | ');

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [seeds = '3', steps = '750', plane = '1500'] = process.argv.slice(2);
  const { engine } = await openEngine('auto');
  const all = Array.from({ length: Number(seeds) }, (_, i) => i + 1);
  console.log(
    '| cycle | seed | L1 | there and back | shape | size | place | colour | consistency | answers |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  for (const cycle of [10, 0])
    for (const seed of all) {
      const found = await turnedShapes({ engine, seed, steps: Number(steps), cycle });
      const { l1, thereAndBack, shape, size, place, colour, consistency, answers } = found;
      const numbers = rounded([l1, thereAndBack, shape, size, place, colour, consistency]);
      console.log(`| ${cycle} | ${seed} | ${numbers} | ${answers} |`);
    }
  console.log('\n| first values | weights | cycle | seed | there and back | quality | right | distinct |');
  console.log('|---|---|---|---|---|---|---|---|');
  for (const [first, mlp] of Object.entries(planeNetworks))
    for (const weighted of [false, true])
      for (const cycle of [10, 0])
        for (const seed of all) {
          const how = { engine, seed, steps: Number(plane), cycle };
          const found = await turnedPentagon(weighted, how, mlp);
          const numbers = rounded([found.thereAndBack, found.quality, found.right]);
          const weights = weighted ? 'unequal' : 'equal';
          console.log(`| ${first} | ${weights} | ${cycle} | ${seed} | ${numbers} | ${found.distinct} |`);
        }
}
