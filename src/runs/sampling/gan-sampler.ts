import { given, type OptionNames, requireOptions, show, unknownName, wholeNumber } from '../../base/index.ts';
import type { Dataset } from '../../data/index.ts';
import { chooseRows, type Tree, Value } from '../../engine/index.ts';
import { type NoiseInput, requireLatent, type SampleRequest, type Trainer } from '../../models/index.ts';
import {
  type LatentWalk,
  latentInterpolation,
  latentWalk,
  type SampledTrainer,
} from '../../recipes/index.ts';

/** Samples that are computed at once. */
export const blockRows = 64;

/** Which samples of a run are drawn, and what they are asked to be of. */
export interface SampleOptions extends Omit<SampleRequest, 'label' | 'latent'> {
  /** @default 1, or the rows of `latent` */
  readonly count?: number;
  /** @default 0 */
  readonly seed?: number;
  /** The class of all samples, by name or number. @default each class in turn */
  readonly class?: string | number;
  /**
   * Noise in place of what the seed draws: [count, size], or by input of the sampler where a system
   * takes several.
   */
  readonly latent?: Value | Readonly<Record<string, Value>>;
}

const names: OptionNames<SampleOptions> = {
  count: true,
  seed: true,
  first: true,
  class: true,
  caption: true,
  source: true,
  truncation: true,
  latent: true,
};

/** Draws samples of a GAN. Calls may overlap: each waits for those before it. */
export class GanSampler {
  readonly #trainer: Trainer;
  readonly #dataset: Dataset;
  #last: Promise<unknown> = Promise.resolve();

  constructor(trainer: Trainer, dataset: Dataset) {
    this.#trainer = trainer;
    this.#dataset = dataset;
  }

  /** The noise that a sample is made from, by input. */
  get noise(): Readonly<Record<string, NoiseInput>> {
    return this.#trainer.system.noise ?? {};
  }

  /**
   * Some samples, [count, ...shape], in one answer. Sample i of a seed has the same noise in every
   * call; its values differ by rounding where the count does.
   * @throws RangeError naming the option
   */
  async sample(options: SampleOptions = {}): Promise<Value> {
    const { count, seed, first, request } = this.#resolved(options);
    const parts: Value[] = [];
    for (let from = 0; from < count; ) {
      // An engine compiles a program for each number of rows: powers of two keep them few.
      const rows = Math.min(blockRows, 2 ** Math.floor(Math.log2(count - from)));
      parts.push(await this.#draw(rows, seed, this.#part(request, first, from, rows)));
      from += rows;
    }
    return parts.length === 1 ? parts[0]! : joinedRows(parts);
  }

  /**
   * Any number of samples in parts of at most 64, [rows, ...shape]. Each is computed in the same
   * block of 64 whatever the first and the count, so that sample i of a seed is the same in every
   * byte.
   * @throws RangeError naming the option
   */
  async *samples(options: SampleOptions = {}): AsyncGenerator<Value, void, void> {
    const { count, seed, first, request } = this.#resolved(options);
    const end = first + count;
    for (let block = first - (first % blockRows); block < end; block += blockRows) {
      const rows = await this.#draw(blockRows, seed, this.#part(request, 0, block, blockRows));
      const [from, to] = [Math.max(first, block), Math.min(end, block + blockRows)];
      yield chooseRows(rows, to - from, (i) => from - block + i);
    }
  }

  /** The inputs by which `sample` draws: noise, and what is asked for. @throws as `sample` does */
  inputs(options: SampleOptions = {}): Tree<Value> {
    const { count, seed, first, request } = this.#resolved(options);
    return this.#trainer.sampleInputs(count, seed, this.#part(request, first, 0, count));
  }

  /**
   * Samples on `ways` ways from one sample to another, with as many steps on each, a way after the
   * other (`latentInterpolation`). @throws RangeError naming the option
   */
  ways(ways: number, options: SampleOptions = {}): Promise<Value> {
    const { seed, first, request } = this.#resolved(options);
    return latentInterpolation(this.#queued(), {
      rows: ways,
      steps: ways,
      seed,
      request: { ...request, first },
    });
  }

  /**
   * Samples on a closed walk through latent vectors, picture after picture, [count, ...shape] each
   * (`latentWalk`); a `latent` has a row for each stop and sample.
   * @throws RangeError naming the option
   */
  walk({
    stops,
    frames,
    ...options
  }: SampleOptions & Pick<LatentWalk, 'stops' | 'frames'>): AsyncGenerator<Value, void, void> {
    const count = wholeNumber('count', options.count ?? 1, 1);
    const { seed, first, request } = this.#resolved({ ...options, count: stops * count });
    return latentWalk(this.#queued(), { stops, frames, count, seed, request: { ...request, first } });
  }

  /** Refuses options by which no sample can be drawn, and computes nothing. @throws RangeError */
  require(options: SampleOptions): void {
    const { seed, first, request } = this.#resolved(options);
    this.#trainer.sampleInputs(1, seed, this.#part(request, first, 0, 1));
  }

  #resolved(options: SampleOptions) {
    requireOptions('sample', options, names);
    const { seed = 0, first = 0, class: named, latent: asked, ...rest } = options;
    const latent = asked === undefined ? undefined : this.#byName(asked);
    const rows = latent && Object.values(latent)[0]?.shape[0];
    const count = wholeNumber('count', options.count ?? rows ?? 1, 1);
    wholeNumber('seed', seed);
    wholeNumber('first', first);
    if (latent !== undefined && first > 0)
      throw new RangeError(`first: expected without latent, whose rows are the samples, got ${first}`);
    if (rows !== undefined && count !== rows)
      throw new RangeError(`count: expected without latent, which has ${rows} rows, got ${count}`);
    const label = named === undefined ? undefined : classLabel(this.#dataset, named);
    const request: SampleRequest = { ...rest, ...given({ label, latent }) };
    return { count, seed, first, request };
  }

  #byName(latent: Value | Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
    const names = Object.keys(this.noise);
    if (latent instanceof Value && names.length > 1)
      throw new RangeError(
        `latent: expected arrays by name (${names.join(', ')}), got one of [${latent.shape}]`,
      );
    const byName = latent instanceof Value ? { [names[0] ?? 'noise']: latent } : latent;
    requireLatent(this.#trainer.system, byName);
    return byName;
  }

  /** The request for rows `from` and on. Behind the last row of a latent it stands once more. */
  #part(request: SampleRequest, first: number, from: number, rows: number): SampleRequest {
    const { latent } = request;
    if (latent === undefined) return { ...request, first: first + from };
    const chosen = Object.entries(latent).map(([name, value]) => {
      const last = value.shape[0]! - 1;
      return [name, chooseRows(value, rows, (i) => Math.min(from + i, last))];
    });
    return { ...request, first: from, latent: Object.fromEntries(chosen) };
  }

  /** A session runs one program at a time. */
  #draw(rows: number, seed: number, request: SampleRequest): Promise<Value> {
    return this.#sampleFrom(this.#trainer.sampleInputs(rows, seed, request));
  }

  #sampleFrom(inputs: Tree<Value>): Promise<Value> {
    const drawn = this.#last.then(() => this.#trainer.sampleFrom(inputs));
    this.#last = drawn.catch(() => undefined);
    return drawn;
  }

  #queued(): SampledTrainer {
    const trainer = this.#trainer;
    return {
      system: trainer.system,
      sampleInputs: (...of) => trainer.sampleInputs(...of),
      sampleFrom: (inputs) => this.#sampleFrom(inputs),
    };
  }
}

/** The number of a class. @throws RangeError for an unknown one */
function classLabel({ classes = [] }: Dataset, named: string | number): number {
  const found = classes.indexOf(String(named));
  const label = found >= 0 ? found : /^\d+$/.test(String(named)) ? Number(named) : -1;
  if (label >= 0 && label < classes.length) return label;
  throw new RangeError(
    classes.length === 0
      ? `class: expected none, since the data has no classes, got ${show(named)}`
      : unknownName('class', String(named), classes),
  );
}

/** Parts as one tensor, one after the other. */
export function joinedRows(parts: readonly Value[]): Value {
  const [first] = parts as [Value];
  const count = parts.reduce((sum, { shape }) => sum + shape[0]!, 0);
  const all = Value.zeros('float32', [count, ...first.shape.slice(1)]);
  let at = 0;
  for (const { data } of parts) {
    (all.data as Float32Array).set(data as Float32Array, at);
    at += data.length;
  }
  return all;
}
