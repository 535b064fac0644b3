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
const operatorSet = 18;

interface Operation {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/**
 * Builds an ONNX model piece by piece; every piece gives back the name of the tensor that it makes.
 */
export class ModelBuilder {
  readonly #graph = new Message();
  readonly #operations: Operation[] = [];
  readonly #constants = new Map<string, string>();
  readonly #renamed = new Map<string, string>();
  #names = 0;

  /** Adds an operator; the result is the name of the last of its `outputs`. */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    outputs: readonly string[] = [this.fresh()],
  ): string {
    this.#operations.push({ operator, inputs, outputs, attributes });
    return outputs.at(-1)!;
  }

  /** A tensor known beforehand; equal ones are kept once. */
  constant(data: ArrayBufferView, shape: readonly number[], type: keyof typeof elementTypes): string {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const key = `${type} ${shape} ${bytes}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.fresh();
    const tensor = new Message();
    for (const size of shape) tensor.int(1, size);
    this.#graph.message(5, tensor.int(2, elementTypes[type]).text(8, name).bytes(9, bytes));
    this.#constants.set(key, name);
    return name;
  }

  /** A vector of whole numbers, as operators take sizes and axes. */
  whole(values: readonly number[]): string {
    return this.constant(BigInt64Array.from(values, BigInt), [values.length], 'int64');
  }

  input(name: string, shape: readonly number[], type: DType): void {
    this.#graph.message(11, valueInfo(name, shape, type));
  }

  /** Makes a tensor a result of the model, under a name for the outside. */
  output(tensor: string, name: string, shape: readonly number[], type: DType): void {
    const made = this.#operations.some(({ outputs }) => outputs.includes(tensor));
    // An input or a constant cannot be a result, nor can one tensor be two.
    if (made && !this.#renamed.has(tensor)) this.#renamed.set(tensor, name);
    else this.node('Identity', [tensor], {}, [name]);
    this.#graph.message(12, valueInfo(name, shape, type));
  }

  /** The whole model as the bytes of an ONNX file. */
  finish(name: string): Uint8Array {
    for (const operation of this.#operations) this.#graph.message(1, this.#operation(operation));
    return new Message()
      .int(1, 8)
      .text(2, 'weir')
      .message(7, this.#graph.text(2, name))
      .message(8, new Message().text(1, '').int(2, operatorSet))
      .finish();
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

function attribute(name: string, value: OnnxAttribute): Message {
  const message = new Message().text(1, name);
  if ('int' in value) return message.int(3, value.int).int(20, 2);
  if ('float' in value) return message.float(2, value.float).int(20, 1);
  if ('text' in value) return message.text(4, value.text).int(20, 3);
  for (const int of value.ints) message.int(8, int);
  return message.int(20, 7);
}

function valueInfo(name: string, shape: readonly number[], type: DType): Message {
  const dimensions = new Message();
  for (const size of shape) dimensions.message(1, new Message().int(1, size));
  const tensor = new Message().int(1, elementTypes[type]).message(2, dimensions);
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}
