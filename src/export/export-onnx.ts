import { version, withCleanup } from '../base/index.ts';
import {
  type Engine,
  type ForeignModel,
  flattenTree,
  openForeignModel,
  type StandaloneModel,
  standaloneModel,
  type Tree,
  type Value,
} from '../engine/index.ts';
import type { LoadedAgent, LoadedGan } from '../runs/index.ts';
import { largestDifference } from './difference.ts';
import { ExportMismatchError } from './errors.ts';
import { inputName } from './input-names.ts';
import { exportMetadata } from './metadata.ts';
import { chooseNetwork, type ExportableNetwork, exportableNetworks } from './networks.ts';

/** Which network of a run is exported. */
export interface ExportOptions {
  /**
   * `generator`, `critic`, `encoder`, `policy`, `q` or the name of a network. @default the first
   */
  readonly what?: string | undefined;
}

/** A network of a run as an ONNX file, which has been run and compared. */
export interface ExportedOnnx extends StandaloneModel {
  /** The network that it is. */
  readonly what: string;
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * The largest difference from the engine over all outputs, as a share of the number where that is
   * above 1.
   */
  readonly difference: number;
}

/** The largest difference from the engine that an export may have. */
export const exportTolerance = 1e-5;

/** Numbers of rows that an export is compared at. */
const comparedRows = [8, 24];

/**
 * A network of a run as an ONNX file with its weights inside: the sampler of a GAN as `weir sample`
 * uses it, a network of it, or the network of an agent. The file is run in onnxruntime at two sizes
 * of the batch, and compared with the engine of the run.
 * @throws ExportError for a network that is not in the run; ExportMismatchError where outputs
 * differ by more than `exportTolerance`; ProgramNotCompilableError; EngineUnavailableError without
 * onnxruntime-node
 */
export async function exportOnnx(
  run: LoadedGan | LoadedAgent,
  { what }: ExportOptions = {},
): Promise<ExportedOnnx> {
  const network = chooseNetwork(exportableNetworks(run.assembly.learner), what, run.config.recipe);
  const metadata = exportMetadata(run, network);
  const inputs = flattenTree(network.inputs(8));
  const model = standaloneModel({
    program: network.program,
    state: network.state,
    inputs: network.inputs,
    rename: (path) => inputName(path, inputs.get(path)!.dtype),
    version,
    metadata,
  });
  const difference = await compared(model, network, run.engine);
  return { ...model, what: network.what, metadata, difference };
}

async function compared(
  { bytes }: StandaloneModel,
  network: ExportableNetwork,
  engine: Engine,
): Promise<number> {
  const model = await openForeignModel(bytes);
  const session = engine.open(network.state);
  return withCleanup(
    async () => {
      let largest = 0;
      for (const rows of comparedRows) {
        const inputs = network.inputs(rows);
        const expected = flattenTree(await session.run(network.program, inputs));
        const got = await model.run(namedInputs(model, inputs));
        for (const [name, value] of expected) {
          const difference = largestDifference(value, got[name]);
          largest = Math.max(largest, difference);
          if (difference > exportTolerance) throw mismatch(network.what, name, engine.name, difference);
        }
      }
      return largest;
    },
    () => {
      session.close();
      model.close();
    },
  );
}

/** Inputs of a program by their names outside, those that the model has. */
function namedInputs(model: ForeignModel, inputs: Tree<Value>): Readonly<Record<string, Value>> {
  const known = new Set(model.inputs.map(({ name }) => name));
  const named = [...flattenTree(inputs)].map(
    ([path, value]) => [inputName(path, value.dtype), value] as const,
  );
  return Object.fromEntries(named.filter(([name]) => known.has(name)));
}

function mismatch(what: string, output: string, engine: string, difference: number): ExportMismatchError {
  return new ExportMismatchError(
    `export: ${what}: expected ${output} in onnxruntime as the engine ${engine} gives it up to ${exportTolerance}, ` +
      `got a difference of ${difference.toPrecision(3)}; nothing was written`,
  );
}
