import {
  type _FusedMatMulAttrs,
  type BatchMatMulAttrs,
  backend_util,
  type Conv2DAttrs,
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropInputAttrs,
  type FusedConv2DAttrs,
} from '@tensorflow/tfjs-core';
import { add, elementwise, filled, less, matMul, mul, where } from '../../build.ts';
import type { Node } from '../../graph.ts';
import type { TraceKernel } from './kernel.ts';

type Shape4 = [number, number, number, number];

type WindowAttrs = Pick<Conv2DAttrs, 'strides' | 'pad' | 'dataFormat' | 'dimRoundingMode'> &
  Partial<Pick<Conv2DAttrs, 'dilations'>>;

/**
 * What the three convolutions have in common: sizes in the order of ONNX, `pads` as top, left,
 * bottom, right.
 */
function window(xShape: readonly number[], filterShape: readonly number[], attributes: WindowAttrs) {
  const { strides, dilations, pad, dimRoundingMode, dataFormat } = attributes;
  if (dataFormat !== 'NHWC') throw new RangeError(`conv2d: expected dataFormat NHWC, got ${dataFormat}`);
  const info = backend_util.computeConv2DInfo(
    xShape as Shape4,
    filterShape as Shape4,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
  );
  const { top, left, bottom, right } = info.padInfo;
  return {
    outShape: info.outShape,
    attributes: {
      strides: [info.strideHeight, info.strideWidth],
      dilations: [info.dilationHeight, info.dilationWidth],
      pads: [top, left, bottom, right],
    },
  };
}

function convolution(x: Node, filter: Node, attributes: Conv2DAttrs): Node {
  const { outShape, attributes: sizes } = window(x.shape, filter.shape, attributes);
  return { op: 'Conv', inputs: [x, filter], attributes: sizes, shape: outShape, dtype: 'float32' };
}

function activated(
  x: Node,
  { activation, leakyreluAlpha }: Pick<_FusedMatMulAttrs, 'activation' | 'leakyreluAlpha'>,
  slope: Node | undefined,
): Node {
  if (activation === 'linear' || activation == null) return x;
  if (activation === 'prelu') return where(less(x, filled(0)), mul(slope!, x), x);
  const operators = {
    relu: 'Relu',
    relu6: 'Clip',
    elu: 'Elu',
    leakyrelu: 'LeakyRelu',
    sigmoid: 'Sigmoid',
  } as const;
  const op = operators[activation as keyof typeof operators];
  return elementwise(
    op,
    [x],
    op === 'Clip' ? { min: 0, max: 6 } : op === 'LeakyRelu' ? { alpha: leakyreluAlpha! } : {},
  );
}

/**
 * Matrix products, and the convolution with its two gradients. Images are NHWC and filters HWIO;
 * layout is a pass.
 */
export const linearKernels: Readonly<Record<string, TraceKernel>> = {
  BatchMatMul: ({ a, b }, { transposeA, transposeB }: BatchMatMulAttrs) =>
    matMul(a!, b!, transposeA, transposeB),
  _FusedMatMul: ({ a, b, bias, preluActivationWeights }, attributes: _FusedMatMulAttrs) => {
    const product = matMul(a!, b!, attributes.transposeA, attributes.transposeB);
    return activated(bias === undefined ? product : add(product, bias), attributes, preluActivationWeights);
  },
  Conv2D: ({ x, filter }, attributes: Conv2DAttrs) => convolution(x!, filter!, attributes),
  FusedConv2D: ({ x, filter, bias, preluActivationWeights }, attributes: FusedConv2DAttrs) => {
    const y = convolution(x!, filter!, attributes);
    return activated(bias === undefined ? y : add(y, bias), attributes, preluActivationWeights);
  },
  Conv2DBackpropInput: ({ dy, filter }, attributes: Conv2DBackpropInputAttrs) => {
    const shape = attributes.inputShape;
    const { attributes: sizes } = window(shape, filter!.shape, attributes);
    return { op: 'ConvInput', inputs: [dy!, filter!], attributes: sizes, shape, dtype: 'float32' };
  },
  Conv2DBackpropFilter: ({ x, dy }, attributes: Conv2DBackpropFilterAttrs) => {
    const shape = attributes.filterShape;
    const { attributes: sizes } = window(x!.shape, shape, attributes);
    return { op: 'ConvFilter', inputs: [x!, dy!], attributes: sizes, shape, dtype: 'float32' };
  },
};
