import { elementwiseKernels } from './elementwise.ts';
import { imageKernels } from './image.ts';
import type { TraceKernel } from './kernel.ts';
import { linearKernels } from './linear.ts';
import { reductionKernels } from './reduction.ts';
import { selectionKernels } from './selection.ts';
import { shapeKernels } from './shape.ts';

/** Every kernel of TensorFlow.js that can be compiled, by its name. */
export const kernels: Readonly<Record<string, TraceKernel>> = {
  ...elementwiseKernels,
  ...imageKernels,
  ...linearKernels,
  ...reductionKernels,
  ...selectionKernels,
  ...shapeKernels,
};
