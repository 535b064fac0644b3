import * as tf from '@tensorflow/tfjs-core';
import { positiveNumber, wholeNumber, withCleanup } from '../base/index.ts';
import { differentiate, type Engine, keyOf, type Program, type Tree, Value } from '../engine/index.ts';
import { adam, type System } from '../models/index.ts';
import { reconstructionError } from './reconstruction-error.ts';

/** How latent vectors are looked for. */
export interface InversionOptions {
  /** Steps of Adam. @default 200 */
  readonly steps?: number;
  /** Its rate. @default 0.05 */
  readonly rate?: number;
  /** Places to begin at, of which the best counts for each example. @default 4 */
  readonly starts?: number;
  /** Which places. @default 0 */
  readonly seed?: number;
  /** The input of the sampler that is looked for. @default 'noise' */
  readonly input?: string;
}

/** What was found. */
export interface Inversion {
  /** [count, latent] */
  readonly latents: Value;
  /** What the generator makes of them, like the targets. */
  readonly samples: Value;
  /**
   * The mean squared difference to the targets by element: how much of the data the generator
   * cannot make.
   */
  readonly error: number;
}

/**
 * Looks for the latent vectors whose samples come closest to given examples, by gradient descent
 * through a frozen generator: min over z of |x - G(z)|^2. Metz et al., Unrolled Generative
 * Adversarial Networks (arXiv:1611.02163), section 3.4.3.
 * @param targets [count, ...shape]
 * @throws RangeError for targets of another shape, a wrong option, or a sampler without that input
 */
export async function invertGenerator(
  model: Inverted,
  targets: Value,
  options: InversionOptions = {},
): Promise<Inversion> {
  const starts = wholeNumber('invertGenerator: starts', options.starts ?? 4, 1);
  wholeNumber('invertGenerator: steps', options.steps ?? 200, 1);
  const count = targets.shape[0] ?? 0;
  const optimizer = adam({ rate: positiveNumber('invertGenerator: rate', options.rate ?? 0.05) });
  const programs = {
    descent: descent(model.system, optimizer, options.input ?? 'noise'),
    sampling: sampling(model.system),
  };
  let best: Found | undefined;
  for (let start = 0; start < starts; start++) {
    const inputs = model.system.samplerInputs(count, keyOf(options.seed ?? 0, 'inversion', start));
    const found = await search(model, targets, inputs, { optimizer, programs, ...options });
    best = best === undefined ? found : better(best, found, targets);
  }
  return { ...best!, error: reconstructionError(targets, best!.samples) };
}

type Found = Omit<Inversion, 'error'>;

/** A generator that is looked into. */
export interface Inverted {
  readonly system: System;
  /** As `trainer.tensors()` gives it. */
  readonly state: Tree<Value>;
  readonly engine: Engine;
}

interface Search extends InversionOptions {
  readonly optimizer: ReturnType<typeof adam>;
  readonly programs: { readonly descent: Program; readonly sampling: Program };
}

/** Goes down from one start. */
async function search(
  { state, engine }: Inverted,
  targets: Value,
  inputs: Tree<Value>,
  { optimizer, programs, steps = 200, rate = 0.05, input = 'noise' }: Search,
): Promise<Found> {
  const { [input]: start, ...rest } = inputs;
  if (!(start instanceof Value))
    throw new RangeError(`invertGenerator: input: expected one of ${Object.keys(inputs)}, got "${input}"`);
  const weights = { latents: start };
  const session = engine.open({ model: state, weights, slots: optimizer.init(weights) });
  return withCleanup(
    async () => {
      const given = { rest, targets, rate: Value.scalar(rate) };
      for (let step = 0; step < steps; step++) await session.run(programs.descent, given);
      const { latents } = session.read().weights as { latents: Value };
      const outputs = await session.run(programs.sampling, { rest: { ...rest, [input]: latents } });
      return { latents, samples: outputs.samples as Value };
    },
    () => session.close(),
  );
}

/** Of each example what lies nearer to its target. */
function better(first: Found, second: Found, targets: Value): Found {
  const count = targets.shape[0]!;
  const rowOf = ({ data }: Value, i: number) =>
    data.subarray((i * data.length) / count, ((i + 1) * data.length) / count);
  const distance = ({ samples }: Found, i: number) => {
    const [made, wanted] = [rowOf(samples, i), rowOf(targets, i)];
    let sum = 0;
    for (let k = 0; k < made.length; k++) sum += (made[k]! - wanted[k]!) ** 2;
    return sum;
  };
  for (let i = 0; i < count; i++) {
    if (distance(second, i) >= distance(first, i)) continue;
    rowOf(first.latents, i).set(rowOf(second.latents, i));
    rowOf(first.samples, i).set(rowOf(second.samples, i));
  }
  return first;
}

/** One step of the latent vectors, each towards its own target; the model stays as it is. */
function descent({ sampler }: System, optimizer: ReturnType<typeof adam>, input: string): Program {
  return {
    name: 'inversion',
    run(state, { rest, targets, rate }) {
      const { model, weights, slots } = state as Record<'model' | 'weights' | 'slots', Tree<tf.Tensor>>;
      const { gradients, loss } = differentiate(weights!, ({ latents }) => {
        const { outputs } = sampler.run(model!, { ...(rest as Tree<tf.Tensor>), [input]: latents! });
        const difference = tf.sub(outputs.samples as tf.Tensor, targets as tf.Tensor);
        return { loss: tf.sum(tf.square(difference)), extra: {} };
      });
      const update = optimizer.update(gradients, slots!, weights!, rate as tf.Tensor);
      return { state: { ...state, weights: update.weights, slots: update.slots }, outputs: { loss } };
    },
  };
}

function sampling({ sampler }: System): Program {
  return {
    name: 'inversion/samples',
    run: (state, { rest }) => ({
      state,
      outputs: sampler.run(state.model as Tree<tf.Tensor>, rest as Tree<tf.Tensor>).outputs,
    }),
  };
}
