import type { OperatorFunction } from 'rxjs';
import type { Dataset } from '../data/index.ts';
import type { Batch, System } from '../models/index.ts';
import type { Numbered, Turn } from '../streams/index.ts';
import type { Options, ValuesOf } from './option.ts';

/** Who learns, and in which order. */
export interface Training {
  readonly system: System;
  readonly schedule: OperatorFunction<Numbered<Batch>, Turn<Batch>>;
}

/** What a recipe takes for one kind of data where the user says nothing. */
export interface Preset {
  /** Turns of the schedule: updates of all players together. */
  readonly steps: number;
  readonly batch: number;
  /** Values of options that differ from their fallback. */
  readonly options: Readonly<Record<string, number | string>>;
}

/** A named, runnable preset: a system with its schedule and hyper-parameters, for any dataset of a kind that it knows. */
export interface Recipe<O extends Options = Options> {
  readonly name: string;
  /** One line for `weir list`. */
  readonly summary: string;
  /** The paper, with its arXiv number. */
  readonly paper: string;
  /** The dataset that is used where none is named. */
  readonly data: string;
  readonly options: O;
  /** By kind of data; a kind that is not here is refused. */
  readonly presets: Readonly<Partial<Record<Dataset['kind'], Preset>>>;
  build(values: ValuesOf<O>, dataset: Dataset): Training;
}

/** A recipe, its options checked against its `build` by the compiler. */
export function recipe<O extends Options>(definition: Recipe<O>): Recipe {
  return definition as unknown as Recipe;
}
