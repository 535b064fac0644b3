import type { DType } from '../../value.ts';
import { Message } from './protobuf.ts';

/** An attribute of an ONNX operator; numbers say which of the two kinds they are. */
export type OnnxAttribute =
  | { int: number }
  | { float: number }
  | { ints: readonly number[] }
  | { text: string };

/** The numbers that ONNX gives to types of elements. */
const elementTypes = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;

/** The version of the operator set that graphs are written in. */
export const operatorSet = 18;

/** An operator with the names of the tensors that it takes and makes. */
export interface Operation {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A tensor that is part of the model. */
export interface ConstantTensor {
  readonly name: string;
  readonly type: keyof typeof elementTypes;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** What goes in or comes out; a dimension that is no number has a name. */
export interface Port {
  readonly name: string;
  readonly shape: readonly (number | string)[];
  readonly type: DType;
}

/** What a model says of itself. */
export interface ModelNotes {
  /** The version of what has written it. */
  readonly version?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Builds an ONNX model piece by piece; every piece gives back the name of the tensor that it makes.
 */
export class ModelBuilder {
  readonly operations: Operation[] = [];
  readonly constants: ConstantTensor[] = [];
  readonly inputs: Port[] = [];
  readonly outputs: Port[] = [];
  readonly #renamed = new Map<string, string>();
  #names = 0;

  /** Adds an operator; the result is the name of the last of its `outputs`. */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    outputs: readonly string[] = [this.fresh()],
  ): string {
    this.operations.push({ operator, inputs, outputs, attributes });
    return outputs.at(-1)!;
  }

  /** A tensor known beforehand; equal ones without names of their own are written once. */
  constant(
    data: ArrayBufferView,
    shape: readonly number[],
    type: ConstantTensor['type'],
    name = this.fresh(),
  ): string {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.constants.push({ name, type, shape, bytes });
    return name;
  }

  /** A vector of whole numbers, as operators take sizes and axes. */
  whole(values: readonly number[]): string {
    return this.constant(BigInt64Array.from(values, BigInt), [values.length], 'int64');
  }

  input(name: string, shape: Port['shape'], type: DType): void {
    this.inputs.push({ name, shape, type });
  }

  /** Makes a tensor a result of the model, under a name for the outside. */
  output(tensor: string, name: string, shape: Port['shape'], type: DType): void {
    const made = this.operations.some(({ outputs }) => outputs.includes(tensor));
    // An input or a constant cannot be a result, nor can one tensor be two.
    if (made && !this.#renamed.has(tensor)) this.#renamed.set(tensor, name);
    else this.node('Identity', [tensor], {}, [name]);
    this.outputs.push({ name, shape, type });
  }

  /** The whole model as the bytes of an ONNX file. */
  finish(name: string, { version, metadata = {} }: ModelNotes = {}): Uint8Array {
    const constants = this.#sharedConstants();
    const graph = new Message();
    for (const operation of this.operations) graph.message(1, this.#operation(operation));
    graph.text(2, name);
    for (const constant of constants) graph.message(5, tensor(constant));
    for (const port of this.inputs) graph.message(11, valueInfo(port));
    for (const port of this.outputs) graph.message(12, valueInfo(port));
    const model = new Message().int(1, 8).text(2, 'weir');
    if (version !== undefined) model.text(3, version);
    model.message(7, graph).message(8, new Message().text(1, '').int(2, operatorSet));
    for (const [key, value] of Object.entries(metadata))
      model.message(14, new Message().text(1, key).text(2, value));
    return model.finish();
  }

  /** Constants that differ; the names of the others become that of the one they equal. */
  #sharedConstants(): readonly ConstantTensor[] {
    const known = new Map<string, string>();
    return this.constants.filter(({ name, type, shape, bytes }) => {
      if (!isFresh(name)) return true;
      const key = `${type} ${shape} ${bytes}`;
      const first = known.get(key);
      if (first === undefined) known.set(key, name);
      else this.#renamed.set(name, first);
      return first === undefined;
    });
  }

  #operation({ operator, inputs, outputs, attributes }: Operation): Message {
    const final = (name: string) => this.#renamed.get(name) ?? name;
    const message = new Message();
    for (const input of inputs) message.text(1, final(input));
    for (const output of outputs) message.text(2, final(output));
    message.text(3, `${operator}_${outputs.at(-1)}`).text(4, operator);
    for (const [name, value] of Object.entries(attributes)) message.message(5, attribute(name, value));
    return message;
  }

  /** A name that no tensor has yet. */
  fresh(): string {
    return `t${this.#names++}`;
  }
}

const isFresh = (name: string) => /^t\d+$/.test(name);

function tensor({ name, type, shape, bytes }: ConstantTensor): Message {
  const message = new Message();
  for (const size of shape) message.int(1, size);
  return message.int(2, elementTypes[type]).text(8, name).bytes(9, bytes);
}

function attribute(name: string, value: OnnxAttribute): Message {
  const message = new Message().text(1, name);
  if ('int' in value) return message.int(3, value.int).int(20, 2);
  if ('float' in value) return message.float(2, value.float).int(20, 1);
  if ('text' in value) return message.text(4, value.text).int(20, 3);
  for (const int of value.ints) message.int(8, int);
  return message.int(20, 7);
}

function valueInfo({ name, shape, type }: Port): Message {
  const dimensions = new Message();
  for (const size of shape)
    dimensions.message(
      1,
      typeof size === 'number' ? new Message().int(1, size) : new Message().text(2, size),
    );
  const form = new Message().int(1, elementTypes[type]).message(2, dimensions);
  return new Message().text(1, name).message(2, new Message().message(1, form));
}
