import type { Session } from '../../engine.ts';
import type { Program } from '../../program.ts';
import { requireAlike } from '../../require-alike.ts';
import { flattenTree, mapTree, type Tree } from '../../tree.ts';
import { Value } from '../../value.ts';
import { orderOfState, permuted } from '../layout/order.ts';
import { inverse, permuteData } from '../layout/permute-data.ts';
import { TensorSpec } from '../spec.ts';
import { type Executable, prepare, type TensorPlace } from './executable.ts';
import type { ProgramCache } from './program-cache.ts';
import type { ModelOptions, Runtime, Tensor } from './runtime.ts';

/** What an engine gives its sessions. */
export interface SessionEnvironment {
  readonly runtime: Runtime;
  readonly options: ModelOptions;
  readonly programs: ProgramCache;
  /** Called when the session is closed. */
  closed(session: OnnxSession): void;
}

/**
 * A state held as tensors of onnxruntime. Each leaf that programs change has two, of which runs
 * read one and write the other, so nothing is copied or allocated; filters lie in the order that
 * ONNX convolves with.
 */
export class OnnxSession implements Session {
  readonly #environment: SessionEnvironment;
  readonly #structure: Tree<TensorSpec>;
  readonly #shapes: string;
  #state: Map<string, Tensor>;
  /** What the next run may write into. */
  #spare = new Map<string, Tensor>();
  #busy = false;
  #closed = false;

  constructor(environment: SessionEnvironment, state: Tree<Value>) {
    this.#environment = environment;
    this.#structure = mapTree(state, (value) => new TensorSpec(value));
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
      const { data, shape: lying } = this.#state.get(path)!.value;
      return new Value(dtype, shape, permuteData(data, lying, inverse(orderOfState(shape))));
    });
  }

  write(state: Tree<Value>): void {
    this.#requireOpen();
    requireAlike('write', flattenTree(state), flattenTree(this.#structure));
    const before = this.#state;
    this.#state = this.#uploaded(state);
    for (const tensor of before.values()) tensor.release();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const tensor of [...this.#state.values(), ...this.#spare.values()]) tensor.release();
    this.#state = new Map();
    this.#spare = new Map();
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
        inputs: mapTree(inputs, (value) => new TensorSpec(value)),
      };
      const { source, ...rest } = prepare(program, specs);
      const loaded = runtime.load(source, options);
      if (!(loaded instanceof Promise)) return { model: loaded, ...rest };
      const later = loaded.then((model) => ({ model, ...rest }));
      later.catch(() => programs.drop(program, key));
      return later;
    });
  }

  #execute(executable: Executable, inputs: Tree<Value>): Tree<Value> | Promise<Tree<Value>> {
    executable.verify();
    const { model, takes, gives } = executable;
    const given = flattenTree(inputs);
    const from = takes.map(({ tree, path }) =>
      tree === 'state' ? this.#state.get(path)! : given.get(path)!,
    );
    const outputs = new Map<string, Value>();
    const into = gives.map((place) => {
      if (place.tree === 'state') return this.#room(place);
      const value = Value.zeros(place.dtype, place.shape);
      outputs.set(place.path, value);
      return value;
    });
    const done = model.run(from, into);
    const advanced = () => {
      for (const { tree, path } of gives) if (tree === 'state') this.#advance(path);
      return mapTree(executable.outputs, (_, path) => outputs.get(path)!);
    };
    return done instanceof Promise ? done.then(advanced) : advanced();
  }

  /** The tensor that a leaf of the next state is written into. */
  #room({ path, dtype, shape }: TensorPlace): Tensor {
    const spare = this.#spare.get(path) ?? this.#environment.runtime.tensor(Value.zeros(dtype, shape));
    this.#spare.set(path, spare);
    return spare;
  }

  #advance(path: string): void {
    const [before, now] = [this.#state.get(path)!, this.#spare.get(path)!];
    this.#state.set(path, now);
    this.#spare.set(path, before);
  }

  #uploaded(state: Tree<Value>): Map<string, Tensor> {
    const upload = ({ data, shape, dtype }: Value) => {
      const order = orderOfState(shape);
      const lying = new Value(dtype, permuted(shape, order), permuteData(data, shape, order));
      return this.#environment.runtime.tensor(lying);
    };
    return new Map([...flattenTree(state)].map(([path, value]) => [path, upload(value)]));
  }
}

/** Text that is equal for trees of equal structure, shapes and types. */
function shapesOf(tree: Tree<TensorSpec>): string {
  return [...flattenTree(tree)].map(([path, { dtype, shape }]) => `${path}:${dtype}[${shape}]`).join(' ');
}
