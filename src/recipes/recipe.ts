import type { Dataset } from '../data/index.ts';
import type { Engine, Key } from '../engine/index.ts';
import type { System } from '../models/index.ts';
import type { GateRule, Schedule } from '../streams/index.ts';
import type { AgentAssembly } from './assembly.ts';
import type { ImagesBeside } from './images-beside.ts';
import type { Options, ValuesOf } from './option.ts';

/** A system, its schedule and its gate rules. */
export interface Training {
  readonly system: System;
  /** Of one phase, or of several (`phases`). */
  readonly schedule: Schedule;
  /** By which steps of the schedule are given to another player. @default none */
  readonly gates?: readonly GateRule[];
  /** What is shown beside samples in a picture, by their number and key. @default nothing */
  beside?(count: number, key: Key): ImagesBeside;
}

/** What a recipe takes where the user says nothing. */
export interface Preset {
  /** Steps: updates of all players together, or steps of an agent. */
  readonly steps: number;
  readonly batch: number;
  /** Values of options that differ from their fallback. */
  readonly options: Readonly<Record<string, number | string>>;
}

interface Described<O extends Options> {
  readonly name: string;
  /** One line for `weir list`. */
  readonly summary: string;
  /** The paper, with its arXiv number. */
  readonly paper: string;
  /** The dataset that is used where none is named; the environment of an agent, which is fixed. */
  readonly data: string;
  readonly options: O;
}

/** A system with its schedule and hyper-parameters, for any dataset of a kind that it knows. */
export interface GanRecipe<O extends Options = Options> extends Described<O> {
  readonly kind: 'gan';
  /** By kind of data; a kind that is not here is refused. */
  readonly presets: Readonly<Partial<Record<Dataset['kind'], Preset>>>;
  build(values: ValuesOf<O>, dataset: Dataset): Training;
}

/** What decides a run of an agent beside its hyper-parameters. */
export interface AgentCircumstances {
  readonly engine: Engine;
  readonly seed: number;
  /** Steps after which the run ends, counted from the very beginning. */
  readonly steps: number;
  /** The environment by name, where the recipe takes others. @default that of the recipe */
  readonly data?: string;
}

/**
 * An agent in its environment. A batch is whatever the agent's options say, so `--batch` is
 * refused.
 */
export interface AgentRecipe<O extends Options = Options> extends Described<O> {
  readonly kind: 'agent';
  /** Whether `data` may name another environment, as `gymnasium:LunarLander-v3`. @default false */
  readonly bridged?: boolean;
  readonly preset: Omit<Preset, 'batch'>;
  build(values: ValuesOf<O>, circumstances: AgentCircumstances): Omit<AgentAssembly, 'kind' | 'data'>;
}

/** A named, runnable preset. */
export type Recipe = GanRecipe | AgentRecipe;

/** A recipe for a GAN, its options checked against its `build` by the compiler. */
export function recipe<O extends Options>(definition: Omit<GanRecipe<O>, 'kind'>): GanRecipe {
  return { kind: 'gan', ...definition } as GanRecipe;
}

/** A recipe for an agent, its options checked against its `build` by the compiler. */
export function agentRecipe<O extends Options>(definition: Omit<AgentRecipe<O>, 'kind'>): AgentRecipe {
  return { kind: 'agent', ...definition } as AgentRecipe;
}
