import { sizeOf } from '../../value.ts';
import { matMul as product, reshapeNode, slice, transpose } from '../build.ts';
import type { Attribute, Node } from '../graph.ts';
import { broadcastingOperations, unaryOperations } from '../operations.ts';
import { blockConvolution } from './block-convolution.ts';
import {
  asMeant,
  cnhw,
  hwnc,
  liesAsMeant,
  nchw,
  type Order,
  oihw,
  orderAfterReshape,
  permuted,
  sameOrder,
} from './order.ts';
import type { Placed, Placement } from './placement.ts';
import { hasUnitStride, unitStrideByFilter, unitStrideByPicture } from './unit-stride.ts';

/** How an operation is computed on tensors of some layout, and the layout of its result. */
type Rule = (node: Node, placement: Placement) => Placed;

type Pair = readonly [number, number];

/** The node in the ONNX graph: inputs and shape in their layouts. */
function lying(
  node: Node,
  inputs: readonly Node[],
  order: Order,
  attributes: Record<string, Attribute> = {},
): Placed {
  const shape = permuted(node.shape, order);
  return { node: { ...node, inputs, shape, attributes: { ...node.attributes, ...attributes } }, order };
}

const asItIs: Rule = (node, placement) =>
  lying(
    node,
    node.inputs.map((input) => placement.inOrder(input)),
    asMeant(node.shape.length),
  );

const parameter: Rule = (node, placement) => {
  const ofState = (node.attributes.name as string).startsWith('state/');
  return lying(node, [], ofState ? placement.ofState(node.shape) : asMeant(node.shape.length));
};

/**
 * The result has the layout of the first operand of its size whose layout is not the program's, or
 * else of any other operand of its rank.
 */
const elementwise: Rule = (node, placement) => {
  const rank = node.shape.length;
  const moved = node.inputs.filter(
    (input) => input.shape.length === rank && !liesAsMeant(input.shape, placement.of(input).order),
  );
  const leading = moved.find((input) => input.shape.every((size, i) => size === node.shape[i])) ?? moved[0];
  const order = leading === undefined ? asMeant(rank) : placement.of(leading).order;
  return lying(
    node,
    node.inputs.map((input) => placement.operand(input, order)),
    order,
  );
};

/** The result has the layout of the input; attributes that name axes are mapped. */
const following =
  (attributes: (node: Node, order: Order) => Record<string, Attribute>): Rule =>
  (node, placement) => {
    const { node: input, order } = placement.of(node.inputs[0]!);
    return lying(node, [input], order, attributes(node, order));
  };

const alongAxis = following(({ attributes: { axis } }, order) => ({ axis: order.indexOf(axis as number) }));

const reduction = following(({ attributes: { axes } }, order) => ({
  axes: (axes as number[]).map((axis) => order.indexOf(axis)),
}));

const perAxis = (...names: string[]) =>
  following(({ attributes }, order) =>
    Object.fromEntries(names.map((name) => [name, permuted(attributes[name] as number[], order)])),
  );

const transposition: Rule = (node, placement) => {
  const placed = placement.of(node.inputs[0]!);
  const permutation = node.attributes.permutation as number[];
  return { node: placed.node, order: placed.order.map((axis) => permutation.indexOf(axis)) };
};

const reshaping: Rule = (node, placement) => {
  const [x] = node.inputs as [Node];
  const placed = placement.of(x);
  const order = orderAfterReshape(x.shape, node.shape, placed.order);
  if (order === undefined || liesAsMeant(node.shape, order)) {
    const source = order === undefined ? placement.inOrder(x) : placed.node;
    return { node: reshapeNode(source, node.shape), order: asMeant(node.shape.length) };
  }
  return { node: reshapeNode(placed.node, permuted(node.shape, order)), order };
};

const expansion: Rule = (node, placement) =>
  node.inputs[0]!.shape.length === node.shape.length
    ? following(() => ({}))(node, placement)
    : asItIs(node, placement);

const concatenation: Rule = (node, placement) => {
  const moved = node.inputs.find((input) => !liesAsMeant(input.shape, placement.of(input).order));
  const order = moved === undefined ? asMeant(node.shape.length) : placement.of(moved).order;
  const inputs = node.inputs.map((input) => placement.inOrder(input, order));
  return lying(node, inputs, order, { axis: order.indexOf(node.attributes.axis as number) });
};

/** A matrix in transposed layout is multiplied with the transposition flag. */
const matMul: Rule = (node, placement) => {
  const operand = (input: Node, transposed: Attribute): [Node, boolean] => {
    const { node: placed, order } = placement.of(input);
    const rank = order.length;
    const swapped = order.every(
      (axis, i) => axis === (i === rank - 1 ? rank - 2 : i === rank - 2 ? rank - 1 : i),
    );
    return swapped ? [placed, !transposed] : [placement.inOrder(input), Boolean(transposed)];
  };
  const [a, transA] = operand(node.inputs[0]!, node.attributes.transA!);
  const [b, transB] = operand(node.inputs[1]!, node.attributes.transB!);
  return lying(node, [a, b], asMeant(node.shape.length), { transA, transB });
};

/** Not for an image in NCHW: its transposition to HWNC takes longer than blocks save. */
function mayUseBlocks(placement: Placement, ...pictures: Node[]): boolean {
  return !placement.plain && !pictures.some((x) => sameOrder(placement.of(x).order, nchw));
}

const convolution: Rule = (node, placement) => {
  const [x, filter] = node.inputs as [Node, Node];
  const inBlocks = blockConvolution(x.shape, filter.shape, node.shape, node.attributes);
  if (inBlocks !== undefined && mayUseBlocks(placement, x))
    return { node: inBlocks.convolution(placement.inOrder(x, hwnc), placement.inOrder(filter)), order: hwnc };
  return lying(node, [placement.inOrder(x, nchw), placement.inOrder(filter, oihw)], nchw);
};

/**
 * The gradient by the input. The output padding adds rows and columns that no window covers.
 */
const convolutionInput: Rule = (node, placement) => {
  const [dy, filter] = node.inputs as [Node, Node];
  const inBlocks = blockConvolution(node.shape, filter.shape, dy.shape, node.attributes);
  if (inBlocks !== undefined && mayUseBlocks(placement, dy))
    return { node: inBlocks.byPicture(placement.inOrder(dy, hwnc), placement.inOrder(filter)), order: hwnc };
  if (!placement.plain && dy.shape[1]! * dy.shape[2]! <= fewPlaces) return productAndSum(node, placement);
  const { strides, dilations, pads } = node.attributes as Record<string, number[]>;
  if (hasUnitStride(node.attributes)) {
    const inputs = [placement.inOrder(dy, nchw), placement.inOrder(filter, oihw)] as const;
    const turned = unitStrideByPicture(...inputs, node.shape.slice(1, 3), pads!);
    if (turned !== undefined) return { node: turned, order: nchw };
  }
  const outputPadding = [0, 1].map((axis) => {
    const reach =
      (dy.shape[axis + 1]! - 1) * strides![axis]! + (filter.shape[axis]! - 1) * dilations![axis]! + 1;
    return node.shape[axis + 1]! - (reach - pads![axis]! - pads![axis + 2]!);
  });
  const inputs = [placement.inOrder(dy, nchw), placement.inOrder(filter, oihw)];
  const placed = lying(node, inputs, nchw, { outputPadding });
  return { node: { ...placed.node, op: 'ConvTranspose' }, order: nchw };
};

/**
 * ConvTranspose multiplies a matrix for each sample, which is slow for matrices with fewer columns
 * than this.
 */
const fewPlaces = 32;

/**
 * The gradient by the input as one matrix product for all samples, whose columns are then summed
 * where windows overlap.
 */
function productAndSum(node: Node, placement: Placement): Placed {
  const [dy, filter] = node.inputs as [Node, Node];
  const [batch, height, width, channelsOut] = dy.shape as [number, number, number, number];
  const rows = sizeOf(filter.shape) / channelsOut;
  const places = height * width;
  const columns = product(
    reshapeNode(placement.inOrder(dy), [batch * places, channelsOut]),
    reshapeNode(placement.inOrder(filter, oihw), [channelsOut, rows]),
  );
  const bySample = transpose(reshapeNode(columns, [batch, places, rows]), [0, 2, 1]);
  const kernel = filter.shape.slice(0, 2);
  const placed = lying(node, [bySample], nchw, { kernel, image: node.shape.slice(1, 3) });
  return { node: { ...placed.node, op: 'Col2Im' }, order: nchw };
}

/**
 * The gradient by the filter: `x` convolved with `dy`, with samples exchanged for channels and
 * strides for dilations. Where windows omit rows at the end, the padding omits them too, or the
 * result is cropped.
 */
const convolutionFilter: Rule = (node, placement) => {
  const [x, dy] = node.inputs as [Node, Node];
  const inBlocks = blockConvolution(x.shape, node.shape, dy.shape, node.attributes);
  if (inBlocks !== undefined && mayUseBlocks(placement, x, dy)) {
    const gradient = inBlocks.byFilter(placement.inOrder(x, hwnc), placement.inOrder(dy, hwnc));
    return { node: gradient, order: asMeant(4) };
  }
  const { strides, dilations, pads } = node.attributes as Record<string, number[]>;
  if (hasUnitStride(node.attributes)) {
    const pictures = [placement.inOrder(x, cnhw), placement.inOrder(dy, cnhw)] as const;
    return { node: unitStrideByFilter(...pictures, node.shape, pads!), order: asMeant(4) };
  }
  const excessOf = (axis: 0 | 1) => {
    const padded = x.shape[axis + 1]! + pads![axis]! + pads![axis + 2]!;
    const reach =
      (dy.shape[axis + 1]! - 1) * strides![axis]! + (node.shape[axis]! - 1) * dilations![axis]! + 1;
    return padded - reach;
  };
  const excess: Pair = [excessOf(0), excessOf(1)];
  const after = [0, 1].map((axis) => Math.max(0, pads![axis + 2]! - excess[axis]!));
  const [height, width, channelsIn, channelsOut] = node.shape as [number, number, number, number];
  const left = [0, 1].map((axis) => Math.max(0, excess[axis]! - pads![axis + 2]!));
  const grown = [height, width].map((size, axis) => size + Math.floor(left[axis]! / dilations![axis]!));
  const swapped: Node = {
    op: 'Conv',
    inputs: [placement.inOrder(x, cnhw), placement.inOrder(dy, cnhw)],
    attributes: { strides: dilations!, dilations: strides!, pads: [pads![0]!, pads![1]!, ...after] },
    shape: [channelsIn, channelsOut, ...grown],
    dtype: 'float32',
  };
  const cut =
    grown[0] === height && grown[1] === width
      ? swapped
      : slice(swapped, [0, 0, 0, 0], [channelsIn, channelsOut, height, width]);
  return { node: transpose(cut, [1, 0, 2, 3]), order: oihw };
};

const picture: Rule = (node, placement) => lying(node, [placement.inOrder(node.inputs[0]!, nchw)], nchw);

const byOperation: Readonly<Record<string, Rule>> = {
  Parameter: parameter,
  Transpose: transposition,
  Reshape: reshaping,
  Expand: expansion,
  Concat: concatenation,
  Slice: perAxis('begin', 'strides'),
  Pad: perAxis('before', 'after'),
  MatMul: matMul,
  Conv: convolution,
  ConvInput: convolutionInput,
  ConvFilter: convolutionFilter,
  ArgMax: reduction,
  ArgMin: reduction,
  ReduceSum: reduction,
  ReduceMean: reduction,
  ReduceMax: reduction,
  ReduceMin: reduction,
  ReduceProd: reduction,
  Softmax: alongAxis,
  CumSum: alongAxis,
  MaxPool: picture,
  MaxPoolIndices: picture,
  AveragePool: picture,
  Resize: picture,
  DepthToSpace: picture,
};

/** The rule of an operation; without one it takes its inputs in the layout of the program. */
export function ruleFor(op: string): Rule {
  if (unaryOperations.has(op) || broadcastingOperations.has(op)) return elementwise;
  return byOperation[op] ?? asItIs;
}
