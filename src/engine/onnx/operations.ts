/** Operations of one operand that take each element by itself. */
export const unaryOperations: ReadonlySet<string> = new Set(
  (
    'Abs Acos Acosh Asin Asinh Atan Atanh Cast Ceil Clip Cos Cosh Elu Erf Exp Floor IsInf IsNaN LeakyRelu Log Neg Not Relu Round Selu ' +
    'Sigmoid Sign Sin Sinh Softplus Sqrt Step Tan Tanh'
  ).split(' '),
);

/** Operations that take each element by itself and broadcast their operands. */
export const broadcastingOperations: ReadonlySet<string> = new Set(
  'Add And Div Equal GreaterOrEqual Less LessOrEqual Max Min Mul Or Pow Sub Where'.split(' '),
);
