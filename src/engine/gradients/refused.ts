import type { GradConfig } from '@tensorflow/tfjs-core';

const instead = {
  AvgPool3DGrad: 'reshape and mean',
  Conv3DBackpropFilterV2: 'conv2d, with the third axis in the batch or the channels',
  Conv3DBackpropInputV2: 'conv2d, with the third axis in the batch or the channels',
  Cumprod: 'exp(cumsum(log(x)))',
  DepthwiseConv2dNativeBackpropFilter: 'conv2d',
  DepthwiseConv2dNativeBackpropInput: 'conv2d',
  Dilation2DBackpropFilter: 'maxPool',
  Dilation2DBackpropInput: 'maxPool',
  Einsum: 'matMul, transpose and reshape',
  LRNGrad: 'x divided by sqrt(mean(square(x)))',
  MaxPool3DGrad: 'reshape and max',
  Prod: 'exp(sum(log(x)))',
  StridedSlice: 'slice, or reshape and slice',
} as const;

/**
 * For kernels whose gradient TensorFlow.js lacks or gets wrong: an error that says what to write
 * instead. Those that end in Grad, Input or Filter are gradients themselves, and refused only where
 * they are differentiated again.
 */
export const refusedGradients: readonly GradConfig[] = Object.entries(instead).map(
  ([kernelName, advice]) => ({
    kernelName,
    gradFunc: () => {
      throw new RangeError(`${kernelName}: has no gradient; use ${advice}`);
    },
  }),
);
