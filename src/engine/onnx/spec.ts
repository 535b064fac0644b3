import type { DType } from '../value.ts';

/** What is known of a tensor before it is there. A leaf of trees. */
export class TensorSpec {
  readonly dtype: DType;
  readonly shape: readonly number[];

  constructor({ dtype, shape }: { readonly dtype: string; readonly shape: readonly number[] }) {
    this.dtype = dtype as DType;
    this.shape = [...shape];
  }
}
