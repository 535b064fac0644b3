import { hintOf, show } from '../base/index.ts';
import { flattenTree, type Tree, type Value } from '../engine/index.ts';
import { type NetworkProgram, sampleKey, Trainer } from '../models/index.ts';
import type { Learner } from '../recipes/index.ts';
import { DeepAgent, TabularAgent } from '../rl/index.ts';
import { ExportError } from './errors.ts';

/** A network that can be used by itself: its program and the state that it runs on. */
export interface ExportableNetwork extends NetworkProgram {
  /** Its name, which `--what` takes: `generator`, `policy`, `critic@8`. */
  readonly what: string;
  readonly state: Tree<Value>;
}

/**
 * The networks of a trainer or an agent that can be exported; the first is what it is trained for.
 * The generator is the whole sampler: all stages, and a reader of words where there is one.
 */
export function exportableNetworks(learner: Learner): readonly ExportableNetwork[] {
  if (learner instanceof Trainer) return networksOfTrainer(learner);
  if (learner instanceof TabularAgent) return networksOf(learner.networks, { table: learner.table() });
  if (learner instanceof DeepAgent) return networksOf(learner.method.networks ?? {}, learner.tensors());
  return [];
}

/**
 * The network of a name: by default the first, `critic` also where there is only one `critic@...`.
 * @param system what trains them, for the message
 * @throws ExportError naming the rule and the networks that there are
 */
export function chooseNetwork(
  networks: readonly ExportableNetwork[],
  what: string | undefined,
  system: string,
): ExportableNetwork {
  if (networks.length === 0)
    throw new ExportError(
      `export: expected a system with networks of its own, got ${system}, which has none`,
    );
  if (what === undefined) return networks[0]!;
  const exact = networks.find((network) => network.what === what);
  if (exact !== undefined) return exact;
  const ofRole = networks.filter((network) => network.what.startsWith(`${what}@`));
  if (ofRole.length === 1) return ofRole[0]!;
  const names = networks.map((network) => network.what);
  throw new ExportError(
    `what: expected a network of ${system} (${names.join(', ')}), got ${show(what)}${hintOf(what, names)}`,
  );
}

function networksOfTrainer(trainer: Trainer): readonly ExportableNetwork[] {
  const { sampler: program, samplerInputs, networks = {} } = trainer.system;
  const state = trainer.tensors();
  const inputs = (rows: number) => samplerInputs(rows, sampleKey(0));
  // The whole sampler may be more than the network of that name: several stages, a reader of words.
  const others = Object.entries(networks).filter(
    ([name]) => name !== 'generator' && hasWeights(state[name] as Tree<Value>),
  );
  return [{ what: 'generator', program, state, inputs }, ...networksOf(Object.fromEntries(others), state)];
}

function networksOf(
  networks: Readonly<Record<string, NetworkProgram>>,
  state: Tree<Value>,
): ExportableNetwork[] {
  return Object.entries(networks).map(([what, network]) => ({ ...network, what, state }));
}

/** Not a history of made examples, for instance. */
function hasWeights({ weights }: Tree<Value>): boolean {
  return flattenTree(weights as Tree<Value>).size > 0;
}
