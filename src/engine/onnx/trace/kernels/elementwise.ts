import type { CastAttrs, ClipByValueAttrs, LeakyReluAttrs, StepAttrs } from '@tensorflow/tfjs-core';
import type { DType } from '../../../value.ts';
import { add, cast, div, elementwise, equal, filled, less, mul, sub, where } from '../../build.ts';
import type { Node } from '../../graph.ts';
import type { TraceKernel } from './kernel.ts';

const unary =
  (op: string, dtype?: DType): TraceKernel =>
  ({ x }) =>
    elementwise(op, [x!], {}, dtype);

const binary =
  (op: string): TraceKernel =>
  ({ a, b }) =>
    elementwise(op, [a!, b!]);

const comparison =
  (op: string): TraceKernel =>
  ({ a, b }) =>
    elementwise(op, [a!, b!], {}, 'bool');

const one = filled(1);
const zero = filled(0);
const zeroOf = (x: Node) => filled(0, [], x.dtype);
const squared = (x: Node) => mul(x, x);

/**
 * log(1 + x), exact where 1 + x rounds: Goldberg, "What every computer scientist should know",
 * theorem 4.
 */
function log1p(x: Node): Node {
  const u = add(x, one);
  const exact = div(mul(x, elementwise('Log', [u])), sub(u, one));
  return where(equal(u, one), x, exact);
}

/** exp(x) - 1 as tanh(x / 2) (exp(x) + 1), which loses nothing near zero. */
function expm1(x: Node): Node {
  return mul(elementwise('Tanh', [mul(x, filled(0.5))]), add(elementwise('Exp', [x]), one));
}

/**
 * The angle of the point (x, y): that of the quotient, turned by half a circle where x is negative.
 */
function atan2(y: Node, x: Node): Node {
  const half = where(less(y, zero), filled(-Math.PI), filled(Math.PI));
  const turned = where(less(x, zero), half, zero);
  const angle = add(elementwise('Atan', [div(y, x)]), turned);
  return where(elementwise('And', [equal(x, zero), equal(y, zero)], {}, 'bool'), zero, angle);
}

/**
 * One where x is positive, `alpha` elsewhere: by clipping where that is possible, since a choice
 * takes three times as long.
 */
function step(x: Node, alpha: number): Node {
  if (alpha > 1 || alpha < 0) return where(less(zero, x), one, filled(alpha));
  const positive = elementwise('Step', [x]);
  return alpha === 0 ? positive : elementwise('Clip', [positive], { min: alpha, max: 1 });
}

/** Kernels that take each element by itself. */
export const elementwiseKernels: Readonly<Record<string, TraceKernel>> = {
  Add: binary('Add'),
  Sub: binary('Sub'),
  Multiply: binary('Mul'),
  RealDiv: ({ a, b }) => div(cast(a!, 'float32'), cast(b!, 'float32')),
  FloorDiv: ({ a, b }) => {
    const quotient = elementwise('Floor', [div(cast(a!, 'float32'), cast(b!, 'float32'))]);
    return cast(quotient, a!.dtype);
  },
  Mod: ({ a, b }) => {
    const quotient = elementwise('Floor', [div(cast(a!, 'float32'), cast(b!, 'float32'))]);
    return sub(a!, mul(cast(quotient, a!.dtype), b!));
  },
  Maximum: binary('Max'),
  Minimum: binary('Min'),
  Pow: binary('Pow'),
  SquaredDifference: ({ a, b }) => squared(sub(a!, b!)),
  AddN: (inputs) => Object.values(inputs).reduce(add),
  Greater: ({ a, b }) => less(b!, a!),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  Equal: comparison('Equal'),
  NotEqual: ({ a, b }) => elementwise('Not', [equal(a!, b!)]),
  LogicalAnd: comparison('And'),
  LogicalOr: comparison('Or'),
  LogicalNot: unary('Not'),
  Select: ({ condition, t, e }) => where(condition!, t!, e!),

  Neg: unary('Neg'),
  Abs: unary('Abs'),
  Sign: unary('Sign'),
  Square: ({ x }) => squared(x!),
  Sqrt: unary('Sqrt'),
  Rsqrt: ({ x }) => div(one, elementwise('Sqrt', [x!])),
  Reciprocal: ({ x }) => div(one, x!),
  Exp: unary('Exp'),
  Expm1: ({ x }) => expm1(x!),
  Log: unary('Log'),
  Log1p: ({ x }) => log1p(x!),
  Erf: unary('Erf'),
  Sin: unary('Sin'),
  Cos: unary('Cos'),
  Tan: unary('Tan'),
  Asin: unary('Asin'),
  Acos: unary('Acos'),
  Atan: unary('Atan'),
  Atan2: ({ a, b }) => atan2(a!, b!),
  Acosh: unary('Acosh'),
  Asinh: unary('Asinh'),
  Atanh: unary('Atanh'),
  Sinh: unary('Sinh'),
  Cosh: unary('Cosh'),
  Floor: unary('Floor'),
  Ceil: unary('Ceil'),
  Round: unary('Round'),
  IsNan: unary('IsNaN', 'bool'),
  IsInf: unary('IsInf', 'bool'),
  IsFinite: ({ x }) =>
    elementwise('Not', [
      elementwise('Or', [elementwise('IsNaN', [x!], {}, 'bool'), elementwise('IsInf', [x!], {}, 'bool')]),
    ]),
  Relu: ({ x }) =>
    elementwise(x!.dtype === 'float32' ? 'Relu' : 'Max', x!.dtype === 'float32' ? [x!] : [x!, zeroOf(x!)]),
  Relu6: ({ x }) => elementwise('Clip', [x!], { min: 0, max: 6 }),
  LeakyRelu: ({ x }, { alpha }: LeakyReluAttrs) => elementwise('LeakyRelu', [x!], { alpha }),
  Prelu: ({ x, alpha }) => where(less(x!, zero), mul(alpha!, x!), x!),
  Elu: unary('Elu'),
  EluGrad: ({ dy, y }) => where(less(y!, zero), mul(dy!, add(y!, one)), dy!),
  Selu: unary('Selu'),
  Sigmoid: unary('Sigmoid'),
  Tanh: unary('Tanh'),
  Softplus: unary('Softplus'),
  Step: ({ x }, { alpha }: StepAttrs) => step(x!, alpha),
  ClipByValue: ({ x }, { clipValueMin, clipValueMax }: ClipByValueAttrs) =>
    elementwise('Clip', [x!], { min: clipValueMin, max: clipValueMax }),
  Cast: ({ x }, { dtype }: CastAttrs) => cast(x!, dtype as DType),
  Identity: ({ x }) => x!,
  ZerosLike: ({ x }) => filled(0, x!.shape, x!.dtype),
  OnesLike: ({ x }) => filled(1, x!.shape, x!.dtype),
};
