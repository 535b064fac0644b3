import type { Program } from '../../program.ts';
import { flattenTree, mapTree, type Tree, zipTree } from '../../tree.ts';
import type { DType, Value } from '../../value.ts';
import { lowered } from '../compile.ts';
import { writeNodes } from '../emit/emit.ts';
import { ModelBuilder, type ModelNotes, operatorSet } from '../emit/model.ts';
import type { Graph, Node } from '../graph.ts';
import { permuted, plainOrderOfState } from '../layout/order.ts';
import { permuteData } from '../layout/permute-data.ts';
import { liveNodes } from '../live-nodes.ts';
import { TensorSpec } from '../spec.ts';
import { trace } from '../trace/trace.ts';
import { type Draft, DraftsDifferError, forAnyBatch } from './any-batch.ts';

/**
 * A tensor that a standalone model takes or gives; `'batch'` is the dimension that a user chooses.
 */
export interface StandalonePort {
  readonly name: string;
  readonly shape: readonly (number | string)[];
  readonly dtype: DType;
}

/** An ONNX file with its weights inside. */
export interface StandaloneModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly StandalonePort[];
  readonly outputs: readonly StandalonePort[];
  /** The names of its operators, all of the standard domain, in alphabetical order. */
  readonly operators: readonly string[];
  /** The version of the operator set. */
  readonly opset: number;
}

/** What becomes a standalone model. */
export interface StandaloneOptions extends ModelNotes {
  readonly program: Program;
  /** The state, of which the model holds the leaves that the outputs depend on. */
  readonly state: Tree<Value>;
  /** The inputs of the program for a number of rows, of which each leaf has a multiple, or one. */
  inputs(rows: number): Tree<Value>;
  /** The name of an input outside. @default as in the program */
  rename?(path: string): string;
}

/**
 * Numbers of rows at which a program is recorded, three at a time: multiples of 8, since some
 * layers take groups of rows; a later three where sizes of the program coincide with an earlier.
 */
const recordedRows = [
  [808, 824, 856],
  [1688, 1784, 1816],
  [3352, 3416, 3464],
] as const;

/**
 * A program with its state as an ONNX model for any number of rows: the weights are inside, inputs
 * and outputs have the names of the program, and every operator is a standard one.
 * @throws ProgramNotCompilableError where the program cannot be compiled, or computes with the
 * number of its rows
 */
export function standaloneModel(options: StandaloneOptions): StandaloneModel {
  const specs = specsOf(options.inputs(8), options.inputs(16));
  let model: ModelBuilder | undefined;
  for (const counts of recordedRows) {
    try {
      model = forAnyBatch(
        options.program.name,
        counts.map((rows) => draftOf(options, rows, specs(rows))),
      );
      break;
    } catch (error) {
      if (!(error instanceof DraftsDifferError) || counts === recordedRows.at(-1)) throw error;
    }
  }
  const { inputs, outputs, operations } = model!;
  const ports = (list: typeof inputs) => list.map(({ name, shape, type }) => ({ name, shape, dtype: type }));
  return {
    bytes: model!.finish(options.program.name, options),
    inputs: ports(inputs),
    outputs: ports(outputs),
    operators: [...new Set(operations.map(({ operator }) => operator))].sort(),
    opset: operatorSet,
  };
}

/** The paths of the leaves of a state that the outputs of a program depend on. */
export function usedLeaves(program: Program, state: Tree<Value>, inputs: Tree<Value>): ReadonlySet<string> {
  const specs = (tree: Tree<Value>) => mapTree(tree, (value) => new TensorSpec(value));
  const names = liveNodes(outputsOf(trace(program, specs(state), specs(inputs)).graph))
    .filter(({ op }) => op === 'Parameter')
    .map(({ attributes }) => attributes.name as string);
  return new Set(
    names.filter((name) => name.startsWith('state/')).map((name) => name.slice('state/'.length)),
  );
}

function outputsOf(graph: Graph): Graph {
  return new Map([...graph].filter(([name]) => name.startsWith('output/')));
}

/** The inputs of a program at any number of rows, from those at 8 and at 16. */
function specsOf(at8: Tree<Value>, at16: Tree<Value>): (rows: number) => Tree<TensorSpec> {
  return (rows) =>
    zipTree(at8, at16, ({ dtype, shape }, { shape: other }) => {
      const sized = shape.map((size, axis) => (size === other[axis] ? size : (size / 8) * rows));
      return new TensorSpec({ dtype, shape: sized });
    });
}

function draftOf(
  { program, state, rename = (path) => path }: StandaloneOptions,
  rows: number,
  inputs: Tree<TensorSpec>,
): Draft {
  const stateSpecs = mapTree(state, (value) => new TensorSpec(value));
  const { graph } = trace(program, stateSpecs, inputs);
  const compiled = lowered(outputsOf(graph), true);
  const leaves = flattenTree(state);
  const model = new ModelBuilder();
  const names = writeNodes(compiled, model, (node) => {
    const [tree, ...rest] = (node.attributes.name as string).split('/');
    const path = rest.join('/');
    if (tree === 'state') return weights(model, path, leaves.get(path)!, node);
    const name = rename(path);
    model.input(name, node.shape, node.dtype);
    return name;
  });
  for (const [path, node] of compiled)
    model.output(names.get(node)!, path.slice('output/'.length), node.shape, node.dtype);
  return { rows, model };
}

function weights(model: ModelBuilder, path: string, { data, shape, dtype }: Value, node: Node): string {
  const order = plainOrderOfState(shape);
  const lying = permuteData(data, shape, order);
  if (`${node.shape}` !== `${permuted(shape, order)}`)
    throw new Error(`${path}: has the layout [${node.shape}]`);
  return model.constant(lying, node.shape, dtype, path);
}
