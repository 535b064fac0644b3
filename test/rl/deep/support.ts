import {
  flattenTree,
  onnxEngine,
  type Program,
  type Session,
  type Tree,
  Value,
} from '../../../src/engine/index.ts';
import { box, discrete, type Environment, makeEnvironment, timeLimit } from '../../../src/rl/index.ts';
import { engines as eager } from '../../models/support.ts';

/** The engines on which agents are to be the same. */
export const engines = { cpu: eager.cpu, onnx: await onnxEngine() };
export const engineNames = ['cpu', 'onnx'] as const;

/**
 * A corridor of `length` places, seen as [place, 1]: action 1 goes on, 0 goes back. It ends at its
 * far end, which earns 1, or is cut off after `limit` steps.
 */
export function corridor(length = 3, limit = 6): Environment<readonly number[], number> {
  const dynamics = makeEnvironment<{ state: number; observation: readonly number[]; action: number }>({
    name: 'Corridor',
    observation: box([0, 1], [length, 1]),
    action: discrete(2),
    start: () => 0,
    move: (place, action) => {
      const state = Math.max(0, place + (action === 1 ? 1 : -1));
      return { state, reward: state === length ? 1 : 0, terminated: state === length };
    },
    observe: (place) => [place, 1],
  });
  return timeLimit(dynamics, limit);
}

/** A state on the reference engine, for one test. */
export function withState<T>(state: Tree<Value>, use: (session: Session) => T, engine = engines.cpu): T {
  const session = engine.open(state);
  try {
    return use(session);
  } finally {
    session.close();
  }
}

/** The outputs of a program on a state, and the state after it. */
export function runOn(
  state: Tree<Value>,
  { program, inputs }: { readonly program: Program; readonly inputs: Tree<Value> },
): { readonly outputs: Tree<Value>; readonly state: Tree<Value> } {
  return withState(state, (session) => {
    const outputs = session.run(program, inputs) as Tree<Value>;
    return { outputs, state: session.read() };
  });
}

/** The weights of a network without hidden layers: kernel rows by input, and biases. */
export function linear(kernel: readonly (readonly number[])[], bias: readonly number[]): Tree<Value> {
  return { 0: { kernel: Value.of(kernel.flat(), [kernel.length, bias.length]), bias: Value.of(bias) } };
}

/** The leaf of a tree at a path. */
export function leafOf(tree: Tree<Value>, path: string): Value {
  return flattenTree(tree).get(path)!;
}
