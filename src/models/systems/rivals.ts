import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { given } from '../../base/index.ts';
import type { Key, Value } from '../../engine/index.ts';
import { adapted } from '../layers/joined.ts';
import type { LayerOutput, Network, NetworkCall } from '../layers/network.ts';
import { type AdversarialLoss, requireGenerator, requireLoss } from '../losses/adversarial-loss.ts';
import { diversity } from '../losses/diversity.ts';
import type { LossOutput } from '../losses/loss-output.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { Batch } from '../system.ts';
import type { CriticGauge, CriticTerm, GeneratorTerm, Term, TermContext } from '../terms/term.ts';
import type { PlayerRule } from './game.ts';
import { requireParts, rule } from './require-parts.ts';

/** The two of a pair. */
export type Adversary = 'critic' | 'generator';

/** The networks of a game, by name. */
export type Networks = Readonly<Record<string, Network>>;

/** The inputs of a step, by name, with the marks of the game. */
export type StepInputs = Readonly<Record<string, Tensor>>;

/** One side of a pair. */
export interface Rival {
  /** The networks of the game that its player trains. */
  readonly trains: readonly string[];
  readonly optimizer: Optimizer;
}

/** A critic and a generator of a game that may have several such pairs. */
export interface RivalsOptions {
  /** The name of the system, for errors. */
  readonly name: string;
  readonly critic: Rival & {
    /** The critic of a step. @default the first network that its player trains */
    network?(all: Networks, inputs: StepInputs): Network;
  };
  readonly generator: Rival;
  readonly loss: AdversarialLoss;
  /** What the generator's side makes: its `y` is [count, ...shape]. */
  make(all: Networks, inputs: StepInputs): LayerOutput;
  /** What is made as the critic sees it. @default as it is */
  fake?(y: Tensor, inputs: StepInputs): Tensor;
  /** Examples of the data, the input `real`, as the critic sees them. @default as they are */
  real?(examples: Tensor, inputs: StepInputs, all: Networks): Tensor;
  /** The condition of the critic. @default the input `condition`, where there is one */
  condition?(inputs: StepInputs): Tensor;
  /**
   * How the critic is asked about a real or made thing: a picture beside its source, for example.
   * Penalties and terms ask in the same way. @default critic(x, condition)
   */
  judge?(critic: NetworkCall, x: Tensor, inputs: StepInputs, condition?: Tensor): LayerOutput;
  readonly penalties?: readonly CriticTerm[];
  /** Metrics of the critic's events. */
  readonly gauges?: readonly CriticGauge[];
  readonly terms?: readonly GeneratorTerm[];
  /** Networks on the critic's features, for terms. */
  readonly heads?: readonly string[];
}

/** The moves of a pair. */
export interface Rivals extends Readonly<Record<Adversary, PlayerRule<string, string>>> {
  /**
   * What the losses take from a batch: `real` for the critic, and what the terms ask for. The
   * system adds what `make` and `condition` take, such as noise.
   */
  inputs(player: Adversary, batch: Batch, key: Key, packing?: number): Readonly<Record<string, Value>>;
}

/**
 * The players of one pair of a game: losses, penalties, terms and heads as in `gan`, which is a
 * game of one pair.
 *
 * The events of both players report `loss`, the gauges of the adversarial loss and those of the
 * terms; those of the critic also `diversity`.
 * @throws RangeError for a loss by which the generator would not learn
 */
export function rivals(options: RivalsOptions): Rivals {
  requireParts(options?.name ?? 'rivals', options, {
    critic: rule.rival,
    generator: rule.rival,
    loss: requireLoss,
    make: rule.method,
    penalties: rule.terms,
    gauges: rule.gauges,
    terms: rule.terms,
  });
  const { name, critic, generator, loss, penalties = [], gauges = [], terms = [], heads = [] } = options;
  const { fake = asIs, real = asIs, judge } = options;
  const { condition = ({ condition }) => condition as Tensor } = options;
  const { network = (all) => all[critic.trains[0]!]! } = critic;
  if (terms.length === 0) requireGenerator(name, loss);

  /** The part of a step that both players share: samples are generated and scored. */
  const begin = (all: Networks, inputs: StepInputs) => {
    const made = options.make(all, inputs);
    const asked = network(all, inputs);
    const conditioned = condition(inputs);
    return {
      networks: all,
      critic: judge ? adapted(asked, (call, x, c) => judge(call, x, inputs, c)) : asked,
      heads: Object.fromEntries(heads.map((head) => [head, all[head]!])),
      made,
      fake: fake(made.y, inputs),
      pack: (examples: Tensor) => real(examples, inputs, all),
      inputs,
      ...given({ condition: conditioned }),
    } satisfies Partial<TermContext>;
  };

  return {
    critic: {
      trains: critic.trains,
      optimizer: critic.optimizer,
      ...without(penalties),
      loss(all, inputs, count) {
        const scene = begin(all, inputs);
        const { critic, fake, condition } = scene;
        const real = scene.pack(inputs.real!);
        const onReal = critic(real, condition);
        const onFake = critic(fake, condition);
        const first = {
          loss: loss.critic(onReal.y, onFake.y),
          values: { ...loss.gauges({ real: onReal.y, fake: onFake.y }), diversity: diversity(fake, real) },
        };
        const context = { ...scene, real, onReal, onFake };
        const { loss: whole, values } = total(first, due(penalties, count), context);
        return {
          loss: whole,
          values: Object.assign({}, values, ...gauges.map((gauge) => gauge.read(context))),
        };
      },
    },
    generator: {
      trains: generator.trains,
      optimizer: generator.optimizer,
      ...without(terms),
      loss(all, inputs, count) {
        const scene = begin(all, inputs);
        const onFake = scene.critic(scene.fake, scene.condition);
        const real = loss.relativistic
          ? scene.critic(scene.pack(inputs.real!), scene.condition).y
          : undefined;
        const first = {
          loss: loss.generator(onFake.y, real),
          values: loss.gauges({ ...given({ real }), fake: onFake.y }),
        };
        return total(first, due(terms, count), { ...scene, onFake });
      },
    },
    inputs(player, batch, key, packing = 1) {
      const own: readonly Pick<Term<never>, 'inputs'>[] = player === 'critic' ? penalties : terms;
      return {
        ...((player === 'critic' || loss.relativistic) && { real: batch.examples }),
        ...Object.assign({}, ...own.map((term) => term.inputs?.(batch, key, packing))),
      };
    },
  };
}

const asIs = (x: Tensor): Tensor => x;

/** The terms of a step by the number of steps of the player before it. */
const due = <T extends Pick<Term<never>, 'every'>>(terms: readonly T[], count: number): readonly T[] =>
  terms.filter(({ every = 1 }) => count % every === 0);

/** What tells the programs of a player with lazy terms apart: those that are left out. */
function without(
  terms: readonly Pick<Term<never>, 'every' | 'name'>[],
): Pick<PlayerRule<string, string>, 'variant'> {
  if (terms.every(({ every }) => every === undefined)) return {};
  return {
    variant: (count) => {
      const present = due(terms, count);
      const left = terms.filter((term) => !present.includes(term)).map(({ name }) => name);
      return left.length === 0 ? '' : ` without ${left.join(', ')}`;
    },
  };
}

/** A player's own loss and what its terms add. */
function total<In extends TermContext>(first: LossOutput, terms: readonly Term<In>[], scene: In): LossOutput {
  const added = terms.map((term) => term.add(scene));
  const loss = added.reduce((sum, aim) => tf.add(sum, aim.loss), first.loss);
  return { loss, values: Object.assign({}, first.values, ...added.map(({ values }) => values)) };
}
