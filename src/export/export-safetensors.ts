import { layOut } from '../checkpoint/index.ts';
import { flattenTree, usedLeaves, type Value } from '../engine/index.ts';
import { type NetworkProgram, Trainer } from '../models/index.ts';
import type { LoadedAgent, LoadedGan } from '../runs/index.ts';
import type { ExportOptions } from './export-onnx.ts';
import { exportMetadata } from './metadata.ts';
import { chooseNetwork, type ExportableNetwork, exportableNetworks } from './networks.ts';

/** Weights of a run as a safetensors file. */
export interface ExportedTensors {
  readonly bytes: Uint8Array;
  /** By plain name: `generator.0.kernel`. */
  readonly tensors: ReadonlyMap<string, Value>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The weights of a run as a safetensors file with plain names: of one network, or of all. A name is
 * the network, the path in it and the leaf, with dots between: `generator.0.kernel`.
 * Weights are those that samples are drawn with, so the moving average where one is kept. Dense
 * kernels are [inputs, outputs], filters HWIO.
 * @throws ExportError for a network that is not in the run
 */
export function exportSafetensors(
  run: LoadedGan | LoadedAgent,
  { what }: ExportOptions = {},
): ExportedTensors {
  const { learner } = run.assembly;
  const networks = exportableNetworks(learner);
  const chosen = chooseNetwork(networks, what, run.config.recipe);
  const named = plainNames(
    trainedNetworks(learner) ?? Object.fromEntries(networks.map((network) => [network.what, network])),
    chosen,
  );
  const tensors = new Map<string, Value>();
  for (const network of what === undefined ? networks : [chosen]) {
    const leaves = flattenTree(network.state);
    for (const path of usedLeaves(network.program, network.state, network.inputs(8)))
      tensors.set(named.get(path) ?? path.replaceAll('/', '.'), leaves.get(path)!);
  }
  const metadata = { ...exportMetadata(run, chosen), what: what === undefined ? 'all' : chosen.what };
  return { bytes: Buffer.concat(layOut(tensors, metadata)), tensors, metadata };
}

function trainedNetworks(learner: unknown): Readonly<Record<string, NetworkProgram>> | undefined {
  return learner instanceof Trainer ? learner.system.networks : undefined;
}

/** The plain name of every leaf that a network uses, by its path in the state. */
function plainNames(
  networks: Readonly<Record<string, NetworkProgram>>,
  { state }: ExportableNetwork,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [network, { program, inputs }] of Object.entries(networks))
    for (const path of usedLeaves(program, state, inputs(8)))
      names.set(path, [network, ...withoutPlace(path, network).split('/')].join('.'));
  if (new Set(names.values()).size !== names.size)
    throw new Error(`export: two tensors have one name in ${[...names.values()].join(', ')}`);
  return names;
}

/** A path within its network, without where the state keeps it. */
function withoutPlace(path: string, network: string): string {
  const places = [
    `${network}/weights/`,
    `${network}/buffers/`,
    `average/${network}/`,
    'average/',
    'weights/policy/',
    'weights/value/',
    'weights/own/',
    'online/',
    'policy/',
  ];
  const place = places.find((prefix) => path.startsWith(prefix)) ?? '';
  return path.slice(place.length);
}
