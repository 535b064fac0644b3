import type { Node } from '../graph.ts';
import { broadcastingOperations, unaryOperations } from '../operations.ts';
import type { ModelBuilder, OnnxAttribute } from './model.ts';

/**
 * Writes one node into the model, given the names of its inputs; gives back the name of its tensor.
 */
type Emitter = (node: Node, inputs: readonly string[], model: ModelBuilder) => string;

const int = (value: unknown): OnnxAttribute => ({ int: Number(value) });
const ints = (value: unknown): OnnxAttribute => ({ ints: value as number[] });
const float = (value: unknown): OnnxAttribute => ({ float: value as number });
const text = (value: unknown): OnnxAttribute => ({ text: value as string });

const elementTypes = { float32: 1, int32: 6, bool: 9 } as const;

function scalar(value: number, { dtype }: Node, model: ModelBuilder): string {
  if (dtype === 'float32') return model.constant(Float32Array.of(value), [], dtype);
  return model.constant(dtype === 'int32' ? Int32Array.of(value) : Uint8Array.of(value), [], dtype);
}

const named =
  (operator: string, attributes: (node: Node) => Record<string, OnnxAttribute> = () => ({})): Emitter =>
  (node, inputs, model) =>
    model.node(operator, inputs, attributes(node));

const reshape: Emitter = ({ shape }, inputs, model) =>
  model.node('Reshape', [inputs[0]!, model.whole(shape)]);

const reduction =
  (operator: string): Emitter =>
  ({ attributes }, [x], model) =>
    model.node(operator, [x!, model.whole(attributes.axes as number[])]);

const argument =
  (operator: string): Emitter =>
  (node, [x], model) => {
    const [axis] = node.attributes.axes as number[];
    const wide = model.node(operator, [x!], { axis: int(axis) });
    return model.node('Cast', [wide], { to: int(elementTypes.int32) });
  };

/** The `output`-th of what TopK makes: values or places. */
function topK({ attributes }: Node, [x]: readonly string[], model: ModelBuilder, output: 0 | 1): string {
  const made = [model.fresh(), model.fresh()];
  const options = { axis: int(-1), largest: int(1), sorted: int(attributes.sorted) };
  model.node('TopK', [x!, model.whole([attributes.k as number])], options, made);
  return made[output]!;
}

/** Ends beyond the tensor mean all of it; backwards, only the smallest number does. */
const slice: Emitter = ({ attributes, shape }, [x], model) => {
  const begin = attributes.begin as number[];
  const strides = attributes.strides as number[];
  const end = begin.map((from, i) => {
    const last = from + shape[i]! * strides[i]!;
    return strides[i]! < 0 && last < 0 ? -(2 ** 31) : last;
  });
  const axes = begin.map((_, i) => i);
  return model.node('Slice', [
    x!,
    model.whole(begin),
    model.whole(end),
    model.whole(axes),
    model.whole(strides),
  ]);
};

const pad: Emitter = (node, [x], model) => {
  const { before, after, value } = node.attributes as { before: number[]; after: number[]; value: number };
  return model.node('Pad', [x!, model.whole([...before, ...after]), scalar(value, node, model)]);
};

/**
 * Two matrices multiply as Gemm, which takes them transposed and with a bias; stacks of matrices do
 * not.
 */
const matMul: Emitter = ({ inputs, attributes, shape }, names, model) => {
  const { transA, transB } = attributes;
  if (inputs.every((input, i) => input.shape.length === 2 || i === 2) && shape.length === 2)
    return model.node('Gemm', names, { transA: int(transA), transB: int(transB) });
  const turned = [transA, transB].map((step, i) => {
    const rank = inputs[i]!.shape.length;
    if (!step) return names[i]!;
    const perm = [...Array(rank - 2).keys(), rank - 1, rank - 2];
    return model.node('Transpose', [names[i]!], { perm: ints(perm) });
  });
  return model.node('MatMul', turned);
};

const windows = ({ attributes }: Node) => ({
  strides: ints(attributes.strides),
  pads: ints(attributes.pads),
});

const convolution = (node: Node) => ({ ...windows(node), dilations: ints(node.attributes.dilations) });

const maxPoolIndices: Emitter = (node, [x], model) => {
  const unused = model.fresh();
  const wide = model.node('MaxPool', [x!], { ...windows(node), kernel_shape: ints(node.attributes.kernel) }, [
    unused,
    model.fresh(),
  ]);
  return model.node('Cast', [wide], { to: int(elementTypes.int32) });
};

const scatterAdd: Emitter = (node, [indices, updates], model) => {
  const zeros = model.node('Expand', [scalar(0, node, model), model.whole(node.shape)]);
  return model.node('ScatterElements', [zeros, indices!, updates!], { axis: int(0), reduction: text('add') });
};

const resize: Emitter = ({ attributes, shape }, [x], model) =>
  model.node('Resize', [x!, '', '', model.whole(shape)], {
    mode: text(attributes.mode),
    nearest_mode: text(attributes.nearest),
    coordinate_transformation_mode: text(attributes.coordinates),
  });

const largestNumber = 3.4028234663852886e38;

const axis = ({ attributes }: Node) => ({ axis: int(attributes.axis) });

/** How each operation is written in ONNX. Tensors lie as ONNX likes them by now (NCHW, OIHW). */
const table: Readonly<Record<string, Emitter>> = {
  ...Object.fromEntries(
    [...unaryOperations, ...broadcastingOperations].map((operator) => [operator, named(operator)]),
  ),
  Cast: named('Cast', ({ dtype }) => ({ to: int(elementTypes[dtype]) })),
  Clip: (node, [x], model) =>
    model.node('Clip', [
      x!,
      scalar(node.attributes.min as number, node, model),
      scalar(node.attributes.max as number, node, model),
    ]),
  // Any positive number times the largest one is 1 or more (but for those of under 38 zeros, which
  // are rounded to 0).
  Step: (_, inputs, model) =>
    model.node('HardSigmoid', inputs, { alpha: float(largestNumber), beta: float(0) }),
  LeakyRelu: named('LeakyRelu', ({ attributes }) => ({ alpha: float(attributes.alpha) })),
  Constant: ({ data, shape, dtype }, _, model) => model.constant(data!, shape, dtype),
  Filled: (node, _, model) => {
    const number = scalar(node.attributes.value as number, node, model);
    return node.shape.length === 0 ? number : model.node('Expand', [number, model.whole(node.shape)]);
  },

  Reshape: reshape,
  Transpose: named('Transpose', ({ attributes }) => ({ perm: ints(attributes.permutation) })),
  Expand: ({ shape }, [x], model) => model.node('Expand', [x!, model.whole(shape)]),
  Concat: named('Concat', axis),
  Slice: slice,
  Pad: pad,
  Gather: named('Gather', axis),
  TopKValues: (node, inputs, model) => topK(node, inputs, model, 0),
  TopKIndices: (node, inputs, model) =>
    model.node('Cast', [topK(node, inputs, model, 1)], { to: int(elementTypes.int32) }),
  ScatterAdd: scatterAdd,

  ReduceSum: reduction('ReduceSum'),
  ReduceMean: reduction('ReduceMean'),
  ReduceMax: reduction('ReduceMax'),
  ReduceMin: reduction('ReduceMin'),
  ReduceProd: reduction('ReduceProd'),
  ArgMax: argument('ArgMax'),
  ArgMin: argument('ArgMin'),
  Softmax: named('Softmax', axis),
  CumSum: ({ attributes }, [x], model) =>
    model.node(
      'CumSum',
      [x!, model.constant(BigInt64Array.of(BigInt(attributes.axis as number)), [], 'int64')],
      {
        exclusive: int(attributes.exclusive),
        reverse: int(attributes.reverse),
      },
    ),

  MatMul: matMul,
  Conv: named('Conv', convolution),
  ConvTranspose: named('ConvTranspose', (node) => ({
    ...convolution(node),
    output_padding: ints(node.attributes.outputPadding),
  })),
  Col2Im: (node, [columns], model) => {
    const { image, kernel } = node.attributes as Record<string, number[]>;
    const attributes = { ...windows(node), dilations: ints(node.attributes.dilations) };
    return model.node('Col2Im', [columns!, model.whole(image!), model.whole(kernel!)], attributes);
  },
  MaxPool: named('MaxPool', (node) => ({ ...windows(node), kernel_shape: ints(node.attributes.kernel) })),
  MaxPoolIndices: maxPoolIndices,
  AveragePool: named('AveragePool', (node) => ({
    ...windows(node),
    kernel_shape: ints(node.attributes.kernel),
  })),
  Resize: resize,
  DepthToSpace: named('DepthToSpace', ({ attributes }) => ({ blocksize: int(attributes.blocksize) })),
};

/**
 * Writes a node into the model. @throws Error for an operation that the table lacks, which is a
 * defect of ours
 */
export function emitNode(node: Node, inputs: readonly string[], model: ModelBuilder): string {
  const emitter = table[node.op];
  if (emitter === undefined) throw new Error(`no way to write the operation ${node.op} in ONNX`);
  return emitter(node, inputs, model);
}
