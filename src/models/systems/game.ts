import type { Tensor } from '@tensorflow/tfjs-core';
import { finiteNumber, oneOf } from '../../base/index.ts';
import {
  differentiate,
  flattenTree,
  fold,
  type Key,
  mapTree,
  type Program,
  type Tree,
  Value,
} from '../../engine/index.ts';
import type { Step } from '../../streams/index.ts';
import type { Parameters } from '../layers/layer.ts';
import { type Network, network } from '../layers/network.ts';
import type { LossOutput } from '../losses/loss-output.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { rateAt } from '../optimizers/rate.ts';
import type { Batch, NoiseInput, System } from '../system.ts';
import {
  type AverageRule,
  averageOf,
  averagesOf,
  checkDecay,
  firstAverages,
  withAverages,
} from './averages.ts';
import type { Member } from './member.ts';
import { networkPrograms } from './network-programs.ts';
import { requireParts, rule } from './require-parts.ts';

/** A player: the networks that it trains, its optimiser and its loss. */
export interface PlayerRule<Name extends string, Input extends string> {
  /** One network or a few; all others stay as they are in its steps. */
  readonly trains: readonly Name[];
  readonly optimizer: Optimizer;
  /**
   * Its gradient goes through all networks, to those that it trains.
   * @param count number of the player's steps before this one; matters only with `variant`
   */
  loss(
    networks: Readonly<Record<Name, Network>>,
    inputs: Readonly<Record<Input, Tensor>>,
    count: number,
  ): LossOutput;
  /**
   * Where the loss of a step depends on the number of the player's steps before it: a text that is
   * equal for steps of the same loss. Each is a program, whose name ends with it. @default one loss
   */
  variant?(count: number): string;
}

/**
 * The rules of a game: networks, and players that improve some of them in steps. An encoder, a head
 * that guesses codes, a classifier is one more network, trained by any player.
 */
export interface Game<Name extends string, Player extends string, Input extends string> {
  readonly name: string;
  readonly networks: Readonly<Record<Name, Member>>;
  readonly players: Readonly<Record<Player, PlayerRule<Name, Input>>>;
  /** What the player's loss takes: data, noise by key, conditions. `rate` is added to them. */
  inputs(step: Step<Batch, Player>, key: Key): Readonly<Partial<Record<Input, Value>>>;
  /**
   * Networks of whose weights a moving average is kept, which then takes their place where samples
   * are drawn. One alone has its average under `average`, those of a list under `average/<name>`.
   */
  readonly average?: AverageRule<Name>;
  /**
   * Numbers of the state that say how far the run has come, such as how much of a level is faded
   * in, and what they are at first. A step brings a new value as an input of the name; losses and
   * the sampler receive the present ones as inputs, and every event reports them.
   */
  readonly marks?: Readonly<Record<string, number>>;
  /** [count, ...shape] by `samplerInputs`; the networks use running averages here. */
  sample(networks: Readonly<Record<Name, Network>>, inputs: Readonly<Record<Input, Tensor>>): Tensor;
  samplerInputs(count: number, key: Key, first?: number): Readonly<Partial<Record<Input, Value>>>;
  /** As `System.noise`. @default none */
  readonly noise?: Readonly<Record<string, NoiseInput>>;
}

/**
 * The state of a game inside a program: a branch a network, `optimizer/<player>`, `average` and
 * `marks`.
 */
interface State extends Tree<Tensor> {
  readonly optimizer: Tree<Tensor> & Readonly<Record<string, Tree<Tensor>>>;
}

const parametersOf = (state: Tree<Tensor>, name: string) => state[name] as Tree<Tensor> & Parameters;

/** The system of a game. @throws RangeError naming the option that is wrong */
export function game<Name extends string, Player extends string, Input extends string>(
  rules: Game<Name, Player, Input>,
): System<Player> {
  requireParts(rules?.name ?? 'game', rules, {
    networks: rule.namesTo(rule.group({ layer: rule.layer, input: rule.shape })),
    players: rule.namesTo(rule.player),
    inputs: rule.method,
    sample: rule.method,
    samplerInputs: rule.method,
  });
  const { name, players, marks = {} } = rules;
  for (const { of, decay } of averagesOf(rules.average)) {
    oneOf(`${name}: average of`, of, Object.keys(rules.networks));
    checkDecay(`${name}: average`, decay);
  }
  for (const [mark, value] of Object.entries(marks)) finiteNumber(`${name}: mark ${mark}`, value);
  const names = Object.keys(players) as Player[];
  /** A network as samples are drawn from it. */
  const settled = (state: Tree<Tensor>, of: Name) => {
    const parameters = parametersOf(state, of);
    const weights = averageOf(rules.average, state, of) ?? parameters.weights;
    return network(rules.networks[of].layer, { ...parameters, weights }, false);
  };
  const programs = new Map<string, Program>();
  const programAt = (player: Player, count: number): Program => {
    const variant = players[player].variant?.(count) ?? '';
    const known = programs.get(player + variant);
    if (known !== undefined) return known;
    const made = stepOf(rules, player, count, variant);
    programs.set(player + variant, made);
    return made;
  };
  return {
    name,
    players: names,
    init: (key) => firstState(rules, key),
    programs: Object.fromEntries(names.map((player) => [player, programAt(player, 0)])) as Record<
      Player,
      Program
    >,
    ...(names.some((player) => players[player].variant !== undefined) && { programAt }),
    inputs(step, key) {
      const { player, index, rate, phase } = step;
      const chosen = rate ?? rateAt(players[player].optimizer.rate, phase?.step ?? index);
      const checked = finiteNumber(`${name}: rate of the ${player}`, chosen, 0);
      return { ...(rules.inputs(step, key) as Tree<Value>), rate: Value.scalar(checked) };
    },
    sampler: {
      name: `${name}/sampler`,
      run(state, inputs) {
        const networks = networksOf(rules, (of) => settled(state, of));
        const given = { ...(state.marks as Tree<Tensor>), ...inputs } as Record<Input, Tensor>;
        return { state, outputs: { samples: rules.sample(networks, given) } };
      },
    },
    samplerInputs: (count, key, first) => rules.samplerInputs(count, key, first) as Tree<Value>,
    ...(rules.noise && { noise: rules.noise }),
    networks: networkPrograms(name, rules.networks, (state, of) => settled(state, of as Name)),
  };
}

function networksOf<Name extends string>(
  { networks }: Pick<Game<Name, string, string>, 'networks'>,
  make: (name: Name) => Network,
): Readonly<Record<Name, Network>> {
  const entries = (Object.keys(networks) as Name[]).map((name) => [name, make(name)]);
  return Object.fromEntries(entries) as Record<Name, Network>;
}

/** What a player trains as one tree: that of its network, or a branch for each of several. */
function together<Leaf>(trains: readonly string[], weightsOf: (name: string) => Tree<Leaf>): Tree<Leaf> {
  if (trains.length === 1) return weightsOf(trains[0]!);
  return Object.fromEntries(trains.map((name) => [name, weightsOf(name)]));
}

/** The part of such a tree that is a network's. */
function partOf<Leaf>(trained: Tree<Leaf>, trains: readonly string[], name: string): Tree<Leaf> {
  return trains.length === 1 ? trained : (trained[name] as Tree<Leaf>);
}

function firstState<Name extends string, Player extends string>(
  { name: system, networks, players, average, marks }: Game<Name, Player, string>,
  key: Key,
): Tree<Value> {
  const parameters: Record<string, { weights: Tree<Value>; buffers: Tree<Value> }> = {};
  for (const [name, { layer, input, inputs }] of Object.entries<Member>(networks)) {
    const { weights, buffers } = layer.init(fold(key, name), input, inputs);
    parameters[name] = { weights, buffers };
  }
  const weightsOf = (name: string) => parameters[name]!.weights;
  const slots = Object.entries<PlayerRule<Name, string>>(players).map(([player, { trains, optimizer }]) => {
    const trained = together(trains, weightsOf);
    if (flattenTree(trained).size === 0)
      throw new RangeError(
        `${system}: ${player}: expected a network with weights to train, got ${trains.join(', ')} without any`,
      );
    return [player, optimizer.init(trained)];
  });
  return {
    ...parameters,
    optimizer: Object.fromEntries(slots),
    ...firstAverages(average, weightsOf),
    ...(marks && { marks: mapTree(marks, (value) => Value.scalar(value)) }),
  };
}

/**
 * One step of a player's optimiser against the gradient of its loss.
 * @param count number of the player's steps before one whose loss is of this variant
 */
function stepOf<Name extends string, Player extends string, Input extends string>(
  rules: Game<Name, Player, Input>,
  player: Player,
  count: number,
  variant: string,
): Program {
  const { trains, optimizer, loss } = rules.players[player];
  return {
    name: `${rules.name}/${player}${variant}`,
    player,
    learningRate: 'rate',
    run(state, inputs) {
      const before = state as State;
      const trained = together(trains, (name) => parametersOf(before, name).weights);
      const marks = mapTree(
        (before.marks ?? {}) as Tree<Tensor>,
        (mark, name) => (inputs[name] as Tensor) ?? mark,
      );
      const improved = differentiate(
        trained,
        (weights) => {
          const networks = networksOf(rules, (name) => {
            const parameters = parametersOf(before, name);
            const own = trains.includes(name) ? { weights: partOf(weights, trains, name) } : {};
            const average = averageOf(rules.average, before, name);
            return network(rules.networks[name].layer, { ...parameters, ...own }, true, average);
          });
          const aim = loss(networks, { ...marks, ...inputs } as Record<Input, Tensor>, count);
          const buffers = Object.fromEntries(trains.map((name) => [name, networks[name].buffers()]));
          return { loss: aim.loss, extra: { buffers, values: aim.values ?? {} } };
        },
        `${rules.name}: loss of the ${player}`,
      );
      const { buffers, values } = improved.extra as { buffers: Tree<Tree<Tensor>>; values: Tree<Tensor> };
      const slots = before.optimizer[player]!;
      const update = optimizer.update(improved.gradients, slots, trained, inputs.rate as Tensor);
      const after = trains.map((name) => [
        name,
        { weights: partOf(update.weights, trains, name), buffers: buffers[name] as Tree<Tensor> },
      ]);
      const next: Tree<Tensor> = {
        ...before,
        ...Object.fromEntries(after),
        optimizer: { ...before.optimizer, [player]: update.slots },
        ...(before.marks && { marks }),
      };
      return {
        state: withAverages(rules.average, next, trains),
        outputs: { loss: improved.loss, ...values, ...update.values, ...marks },
      };
    },
  };
}
