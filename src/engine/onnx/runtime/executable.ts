import type { Program } from '../../program.ts';
import type { Tree } from '../../tree.ts';
import type { DType } from '../../value.ts';
import { compile } from '../compile.ts';
import type { GraphPort } from '../emit/emit.ts';
import { ProgramNotCompilableError } from '../errors.ts';
import type { Graph } from '../graph.ts';
import { graphSignature } from '../signature.ts';
import type { TensorSpec } from '../spec.ts';
import { type Trace, trace } from '../trace/trace.ts';
import type { LoadedModel } from './runtime.ts';

/** What a program was compiled for. */
export interface Specs {
  readonly state: Tree<TensorSpec>;
  readonly inputs: Tree<TensorSpec>;
}

/** The leaf that a tensor of a model is: of the state, of the inputs or of the outputs. */
export interface TensorPlace {
  readonly tree: 'state' | 'input' | 'output';
  readonly path: string;
  readonly dtype: DType;
  /** As the tensor lies. */
  readonly shape: readonly number[];
}

/** A program compiled for tensors of given shapes and types. */
export interface Executable {
  readonly model: LoadedModel;
  /** What the model takes and gives, in its order. */
  readonly takes: readonly TensorPlace[];
  readonly gives: readonly TensorPlace[];
  /** The structure of the program's outputs. */
  readonly outputs: Tree<TensorSpec>;
  /**
   * Called before each run. @throws ProgramNotCompilableError when the program has become another
   * one since
   */
  verify(): void;
}

/** Records and compiles a program, up to loading it. */
export function prepare(program: Program, specs: Specs) {
  const traced = trace(program, specs.state, specs.inputs);
  const verify = guard(program, specs, traced);
  const model = compile(program.name, changed(traced.graph));
  const [takes, gives] = [model.inputs.map(placeOf), model.outputs.map(placeOf)];
  return { source: model, takes, gives, outputs: traced.outputs, verify };
}

/** `state/w` and `next/state/w` are the leaf `w` of the state. */
function placeOf({ name, shape, dtype }: GraphPort): TensorPlace {
  const [tree, ...path] = name.replace(/^next\//, '').split('/');
  return { tree: tree as TensorPlace['tree'], path: path.join('/'), shape, dtype };
}

/** Without the leaves of the state that are passed on as they are. */
function changed(graph: Graph): Graph {
  return new Map(
    [...graph].filter(([name, node]) => !(node.op === 'Parameter' && node.attributes.name === name)),
  );
}

/**
 * A program is recorded once, so whatever it takes from outside its inputs and state is frozen. To
 * find out, it is recorded again: at once, which shows what is drawn at random, and before the 2nd,
 * 4th, 8th, ... run.
 */
function guard(program: Program, { state, inputs }: Specs, first: Trace): () => void {
  const expected = graphSignature(first.graph);
  const compare = () => {
    const now = graphSignature(trace(program, state, inputs).graph);
    const at = now.findIndex((line, i) => line !== expected[i]);
    if (at < 0 && now.length === expected.length) return;
    throw new ProgramNotCompilableError(
      `${program.name}: is not the same each time that it is recorded, so that compiling would freeze what changes: ` +
        `${expected[at]} became ${now[at]}. Numbers that change (learning rates, random numbers) are inputs of a program`,
    );
  };
  compare();
  let runs = 0;
  return () => {
    runs++;
    if (runs > 1 && Number.isInteger(Math.log2(runs))) compare();
  };
}
