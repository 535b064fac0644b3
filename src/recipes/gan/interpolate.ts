import { wholeNumber } from '../../base/index.ts';
import { chooseRows, keyOf, mapTree, type Tree, Value } from '../../engine/index.ts';
import { latentPath } from '../../evaluation/index.ts';
import {
  type NoiseInput,
  type SampleRequest,
  type System,
  sampleInputs,
  type Trainer,
} from '../../models/index.ts';

/** What of a trainer draws samples. */
export type SampledTrainer = Pick<Trainer, 'system' | 'sampleInputs' | 'sampleFrom'>;

/** Ways from one latent vector to another. */
export interface LatentWays {
  readonly rows: number;
  /** Samples on each, both ends among them, from 2. */
  readonly steps: number;
  readonly seed?: number;
  /** What all samples are to be of. */
  readonly request?: SampleRequest;
}

/**
 * Samples on the way from one latent vector to another, [rows * steps, ...shape], a row after the
 * other: a generator that has learned the data, and not single pictures of it, changes in small
 * steps and makes something real at each. Normal noise takes the spherical way (`latentPath`),
 * other noise the straight one. Other inputs, such as a class, stay those of the row's first
 * sample.
 * @throws RangeError for a wrong number, or a generator without noise
 */
export async function latentInterpolation(
  trainer: SampledTrainer,
  { rows, steps, seed = 0, request }: LatentWays,
): Promise<Value> {
  wholeNumber('interpolate: rows', rows, 1);
  const { system } = trainer;
  const [from, to] = ['interpolation/from', 'interpolation/to'].map((name) =>
    sampleInputs(system, rows, keyOf(seed, name), request),
  );
  const still = mapTree(from!, (value) => eachRepeated(value, steps));
  return trainer.sampleFrom({ ...still, ...noiseBetween(system, from!, to!, steps) });
}

/** A walk through latent vectors. */
export interface LatentWalk {
  /** Latent vectors on the way, from 2. The last leads back to the first. */
  readonly stops: number;
  /** Pictures from one of them to the next, from 1. */
  readonly frames: number;
  /** Samples in a picture, each on a way of its own. @default 1 */
  readonly count?: number;
  readonly seed?: number;
  /** What all samples are to be of; `latent`, where given, is a row for each stop and sample. */
  readonly request?: SampleRequest;
}

/**
 * Samples on a closed walk, picture after picture: stops * frames times [count, ...shape]. Sample c
 * of stop k is sample k * count + c of the seed. Inputs that are no noise stay those of the first
 * stop.
 * @throws RangeError for a wrong number, or a generator without noise
 */
export async function* latentWalk(
  trainer: SampledTrainer,
  { stops, frames, count = 1, seed = 0, request = {} }: LatentWalk,
): AsyncGenerator<Value, void, void> {
  wholeNumber('interpolate: stops', stops, 2);
  wholeNumber('interpolate: frames', frames, 1);
  wholeNumber('interpolate: count', count, 1);
  const { system } = trainer;
  const inputs = trainer.sampleInputs(stops * count, seed, request);
  const stop = (k: number) => mapTree(inputs, (value) => rowsOf(value, k * count, count));
  const still = stop(0);
  for (let k = 0; k < stops; k++) {
    // One step more than is shown: the last is the first of the next stop.
    const way = noiseBetween(system, stop(k), stop((k + 1) % stops), frames + 1);
    for (let frame = 0; frame < frames; frame++) {
      const noise = mapTree(way, (value) => everyRow(value, frame, frames + 1));
      yield await trainer.sampleFrom({ ...still, ...noise });
    }
  }
}

/** The noise on the way from one to another, [count * steps, size] each. */
function noiseBetween(system: System, from: Tree<Value>, to: Tree<Value>, steps: number): Tree<Value> {
  const noise = Object.entries(system.noise ?? {});
  if (noise.length === 0)
    throw new RangeError(`interpolate: expected a generator of noise, got ${system.name}`);
  return Object.fromEntries(
    noise.map(([name, input]) => [name, pathOf(input, from[name] as Value, to[name] as Value, steps)]),
  );
}

function pathOf({ size, normal = 0 }: NoiseInput, from: Value, to: Value, steps: number): Value {
  if (normal === size) return latentPath(from, to, steps);
  if (normal === 0) return latentPath(from, to, steps, 'linear');
  const part = (start: number, end: number, kind: 'linear' | 'spherical') =>
    latentPath(columnsOf(from, start, end), columnsOf(to, start, end), steps, kind);
  const [left, right] = [part(0, normal, 'spherical'), part(normal, size, 'linear')];
  const rows = left.shape[0]!;
  const data = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++) {
    data.set(left.data.subarray(row * normal, (row + 1) * normal), row * size);
    data.set(right.data.subarray(row * (size - normal), (row + 1) * (size - normal)), row * size + normal);
  }
  return new Value('float32', [rows, size], data);
}

function columnsOf({ shape, data }: Value, start: number, end: number): Value {
  const [rows = 0, width = 0] = shape;
  const size = end - start;
  const columns = Float32Array.from({ length: rows * size }, (_, i) => {
    const row = Math.floor(i / size);
    return data[row * width + start + (i % size)]!;
  });
  return new Value('float32', [rows, size], columns);
}

/** Every row as often as `times`, one after the other. */
function eachRepeated(value: Value, times: number): Value {
  return chooseRows(value, value.shape[0]! * times, (i) => Math.floor(i / times));
}

const rowsOf = (value: Value, from: number, count: number) => chooseRows(value, count, (i) => from + i);

/** Rows `first`, `first + step`, ... to the end. */
const everyRow = (value: Value, first: number, step: number) =>
  chooseRows(value, value.shape[0]! / step, (i) => first + i * step);
