import type { Data, DType } from '../../engine/index.ts';
import type { Evaluated } from '../../evaluation/index.ts';

/** The weights of a run at a step, as they go to another thread. */
export interface Snapshot {
  readonly index: number;
  readonly state: { readonly index: number; readonly [name: string]: unknown };
  readonly tensors: readonly (readonly [
    path: string,
    tensor: { readonly dtype: DType; readonly shape: readonly number[]; readonly data: Data },
  ])[];
}

/** What comes back. */
export type WorkerAnswer = { readonly evaluated: Evaluated } | { readonly error: string };
