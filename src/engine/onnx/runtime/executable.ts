import type { Program } from '../../program.ts';
import type { Tree } from '../../tree.ts';
import { compile } from '../compile.ts';
import type { Model } from '../emit/emit.ts';
import { ProgramNotCompilableError } from '../errors.ts';
import type { Graph } from '../graph.ts';
import { graphSignature } from '../signature.ts';
import type { Spec } from '../spec.ts';
import { type Trace, trace } from '../trace/trace.ts';
import type { LoadedModel } from './runtime.ts';

/** What a program was compiled for. */
export interface Specs {
  readonly state: Tree<Spec>;
  readonly inputs: Tree<Spec>;
}

/** A tensor of a model, and the leaf of state, inputs or outputs that it is. */
interface Port {
  readonly name: string;
  readonly path: string;
}

/** Which tensors a model takes and gives. */
interface Ports {
  readonly ofState: readonly Port[];
  readonly ofInputs: readonly Port[];
  readonly nextState: readonly Port[];
  /** Asks for everything that the model gives. */
  readonly fetches: Readonly<Record<string, null>>;
}

/** A program compiled for tensors of given shapes and types. */
export interface Executable {
  readonly model: LoadedModel;
  readonly ports: Ports;
  /** The structure of what the program tells the host. */
  readonly outputs: Tree<Spec>;
  /** Called before each run. @throws ProgramNotCompilableError when the program has become another one since */
  verify(): void;
}

/** Records and compiles a program, up to loading it. */
export function prepare(program: Program, specs: Specs) {
  const traced = trace(program, specs.state, specs.inputs);
  const verify = guard(program, specs, traced);
  const model = compile(program.name, changed(traced.graph));
  return { bytes: model.bytes, ports: portsOf(model), outputs: traced.outputs, verify };
}

function portsOf({ inputs, outputs }: Model): Ports {
  const under = (prefix: string, ports: Model['inputs']) =>
    ports
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name }) => ({ name, path: name.slice(prefix.length) }));
  return {
    ofState: under('state/', inputs),
    ofInputs: under('input/', inputs),
    nextState: under('next/state/', outputs),
    fetches: Object.fromEntries(outputs.map(({ name }) => [name, null])),
  };
}

/** Without the leaves of the state that are passed on as they are. */
function changed(graph: Graph): Graph {
  return new Map(
    [...graph].filter(([name, node]) => !(node.op === 'Parameter' && node.attributes.name === name)),
  );
}

/**
 * A program is recorded once, so whatever it takes from outside its inputs and state is frozen. To find out, it is
 * recorded again: at once, which shows what is drawn at random, and before the 2nd, 4th, 8th, ... run.
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
