import type { Tensor } from 'onnxruntime-node';
import type { Session } from '../../engine.ts';
import type { Program } from '../../program.ts';
import { requireAlike } from '../../require-alike.ts';
import { flatten, mapTree, type Tree } from '../../tree.ts';
import { Value } from '../../value.ts';
import { orderOfState, permuted } from '../layout/order.ts';
import { inverse, permuteData } from '../layout/permute-data.ts';
import { Spec } from '../spec.ts';
import { type Executable, prepare } from './executable.ts';
import type { ProgramCache } from './program-cache.ts';
import type { Runtime, Tensors } from './runtime.ts';

/** What an engine gives its sessions. */
export interface Environment {
  readonly runtime: Runtime;
  readonly options: Parameters<Runtime['load']>[1];
  readonly programs: ProgramCache;
  /** Told when the session is closed. */
  closed(session: OnnxSession): void;
}

/**
 * A state held as tensors of onnxruntime. The results of one run are fed to the next as they are, so nothing is
 * copied; filters lie in the order that ONNX convolves with.
 */
export class OnnxSession implements Session {
  readonly #environment: Environment;
  readonly #structure: Tree<Spec>;
  readonly #shapes: string;
  #state: Map<string, Tensor>;
  #busy = false;
  #closed = false;

  constructor(environment: Environment, state: Tree<Value>) {
    this.#environment = environment;
    this.#structure = mapTree(state, (value) => new Spec(value));
    this.#shapes = shapesOf(this.#structure);
    this.#state = this.#uploaded(state);
  }

  /** The tensors that the session holds. */
  get tensors(): Iterable<Tensor> {
    return this.#state.values();
  }

  run(program: Program, inputs: Tree<Value>): Tree<Value> | Promise<Tree<Value>> {
    this.#requireOpen();
    if (this.#busy) throw new Error(`${program.name}: another program of this session is under way`);
    const executable = this.#executable(program, inputs);
    if (executable instanceof Promise)
      return this.#alone(executable.then((ready) => this.#execute(ready, inputs)));
    const answer = this.#execute(executable, inputs);
    return answer instanceof Promise ? this.#alone(answer) : answer;
  }

  read(): Tree<Value> {
    this.#requireOpen();
    return mapTree(this.#structure, ({ shape, dtype }, path) => {
      const { data } = this.#state.get(path)!;
      const order = orderOfState(shape);
      const lying = permuted(shape, order);
      return new Value(dtype, shape, permuteData(data as Value['data'], lying, inverse(order)));
    });
  }

  write(state: Tree<Value>): void {
    this.#requireOpen();
    requireAlike('write', flatten(state), flatten(this.#structure));
    this.#state = this.#uploaded(state);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#state = new Map();
    this.#environment.programs.release(this);
    this.#environment.closed(this);
  }

  /** Writes the profiles of the programs that the session has run, if profiling was asked for. */
  async endProfiling(): Promise<void> {
    for (const { model } of await Promise.all(this.#environment.programs.usedBy(this))) model.endProfiling();
  }

  #requireOpen(): void {
    if (this.#closed) throw new TypeError('session: it has been closed');
  }

  async #alone<T>(work: Promise<T>): Promise<T> {
    this.#busy = true;
    try {
      return await work;
    } finally {
      this.#busy = false;
    }
  }

  #executable(program: Program, inputs: Tree<Value>): Executable | Promise<Executable> {
    const { programs, runtime, options } = this.#environment;
    const key = `${this.#shapes} <- ${shapesOf(inputs)}`;
    return programs.get(program, key, this, () => {
      const specs = {
        state: this.#structure,
        inputs: mapTree(inputs, (value) => new Spec(value)),
      };
      const { bytes, ...rest } = prepare(program, specs);
      const loaded = runtime.load(bytes, options);
      if (!(loaded instanceof Promise)) return { model: loaded, ...rest };
      const later = loaded.then((model) => ({ model, ...rest }));
      later.catch(() => programs.drop(program, key));
      return later;
    });
  }

  #execute(executable: Executable, inputs: Tree<Value>): Tree<Value> | Promise<Tree<Value>> {
    executable.verify();
    const { ofState, ofInputs, fetches } = executable.ports;
    const given = flatten(inputs);
    const feeds: Record<string, Tensor> = {};
    for (const { name, path } of ofState) feeds[name] = this.#state.get(path)!;
    for (const { name, path } of ofInputs) feeds[name] = this.#tensor(given.get(path)!);
    const results = executable.model.run(feeds, fetches);
    return results instanceof Promise
      ? results.then((ready) => this.#adopt(executable, ready))
      : this.#adopt(executable, results);
  }

  #adopt({ ports, outputs }: Executable, results: Tensors): Tree<Value> {
    for (const { name, path } of ports.nextState) this.#state.set(path, results[name]!);
    return mapTree(outputs, ({ shape, dtype }, path) => {
      const { data } = results[`next/output/${path}`]!;
      return new Value(dtype, shape, (data as Value['data']).slice() as Value['data']);
    });
  }

  #uploaded(state: Tree<Value>): Map<string, Tensor> {
    const upload = ({ data, shape, dtype }: Value) => {
      const order = orderOfState(shape);
      return this.#tensor(new Value(dtype, permuted(shape, order), permuteData(data, shape, order)));
    };
    return new Map([...flatten(state)].map(([path, value]) => [path, upload(value)]));
  }

  #tensor({ dtype, data, shape }: Value): Tensor {
    return new this.#environment.runtime.Tensor(dtype, data, shape);
  }
}

/** Text that is equal for trees of equal structure, shapes and types. */
function shapesOf(tree: Tree<Spec>): string {
  return [...flatten(tree)].map(([path, { dtype, shape }]) => `${path}:${dtype}[${shape}]`).join(' ');
}
