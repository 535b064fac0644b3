import * as tf from '@tensorflow/tfjs-core';
import { mendGradients } from '../../gradients/mend.ts';
import { clearTape } from '../../gradients/tape.ts';
import type { Program } from '../../program.ts';
import { requireAlike } from '../../require-alike.ts';
import { flattenTree, mapTree, type Tree } from '../../tree.ts';
import { parameter } from '../build.ts';
import { ProgramNotCompilableError } from '../errors.ts';
import type { Graph, Node } from '../graph.ts';
import { TensorSpec } from '../spec.ts';
import { backendName, traceBackend } from './backend.ts';

/** A program as a graph, and the structure of its results. */
export interface Trace {
  /** Results are named `state/...` and `output/...`, parameters `state/...` and `input/...`. */
  readonly graph: Graph;
  readonly outputs: Tree<TensorSpec>;
}

/**
 * Runs a program once on tensors that have shapes and no values, and records what it computes.
 * @throws ProgramNotCompilableError naming the program, the place in it, and what to write instead
 * @throws RangeError when the program gives back a state of another structure, shape or type
 */
export function trace(program: Program, state: Tree<TensorSpec>, inputs: Tree<TensorSpec>): Trace {
  mendGradients();
  const backend = traceBackend();
  const before = tf.engine().backendName;
  const { stackTraceLimit } = Error;
  // TensorFlow.js puts a dozen frames between its function and the kernel, where most refusals are.
  Error.stackTraceLimit = 50;
  activate(backendName);
  try {
    let traced: Trace | undefined;
    tf.tidy(() => {
      const parameters = (prefix: string) => (spec: TensorSpec, path: string) =>
        backend.tensorOf(parameter(prefix + path, spec.shape, spec.dtype));
      const result = program.run(mapTree(state, parameters('state/')), mapTree(inputs, parameters('input/')));
      requireAlike(program.name, flattenTree(result.state), flattenTree(state));
      const graph = new Map<string, Node>();
      const collect = (prefix: string) => (tensor: tf.Tensor, path: string) => {
        graph.set(prefix + path, backend.nodeOf(tensor));
        return new TensorSpec(tensor);
      };
      mapTree(result.state, collect('state/'));
      traced = { graph, outputs: mapTree(result.outputs, collect('output/')) };
    });
    return traced!;
  } catch (error) {
    throw explained(program, error);
  } finally {
    clearTape();
    Error.stackTraceLimit = stackTraceLimit;
    if (before) activate(before);
  }
}

/** Takes effect at once: both backends have been set up. */
function activate(backend: string): void {
  if (tf.engine().backendName !== backend) void tf.setBackend(backend);
}

const ours = new URL('../../', import.meta.url).href;

/** The first line of the stack that lies neither in the engine nor in a library. */
function placeOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at .*:\d+:\d+/.test(line));
  const frame = frames.find(
    (line) =>
      // Source maps lay the files of TensorFlow.js outside of node_modules.
      !/node_modules|node:|tfjs-\w+\/src/.test(line) &&
      !line.includes(ours) &&
      !line.includes(new URL(ours).pathname),
  );
  return frame === undefined ? '' : ` ${frame.trim()}`;
}

/** What to write for kernels that can never be compiled. */
const instead: Readonly<Record<string, string>> = {
  [tf.Multinomial]:
    'multinomial draws at random, and random numbers are inputs of a program (argMax of logits plus Gumbel noise draws alike)',
};

function notCovered(kernel: string): string {
  return (
    `the kernel ${kernel} cannot be compiled. Compose it from others (docs/engine.md lists them), add it as ` +
    'docs/engine.md shows, or take an eager engine (wasm, cpu)'
  );
}

function explained(program: Program, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const uncovered = /^Kernel '(\w+)' not registered for backend 'weir-trace'/.exec(error.message)?.[1];
  if (uncovered === undefined && !(error instanceof ProgramNotCompilableError)) return error;
  const reason = uncovered === undefined ? error.message : (instead[uncovered] ?? notCovered(uncovered));
  return new ProgramNotCompilableError(`${program.name}: ${reason}${placeOf(error)}`, { cause: error });
}
