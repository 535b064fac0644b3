import type { OperatorFunction } from 'rxjs';

/** What a pump pulls from. */
export type BatchSource<Item> = Iterable<Item> | AsyncIterable<Item>;

/** Names the stages of a run's stream, so that they can be measured; the items do not change. */
export interface Stages {
  <In, Out>(name: string, operator: OperatorFunction<In, Out>): OperatorFunction<In, Out>;
  /** The same for what the pump pulls. */
  source<Item>(name: string, items: BatchSource<Item>): BatchSource<Item>;
  /** Takes how many items of a stage wait, and how many may. */
  buffer?(name: string): (waiting: number, most: number) => void;
}

/** Measures nothing. */
export const unmeasured: Stages = Object.assign(
  <In, Out>(_name: string, operator: OperatorFunction<In, Out>) => operator,
  { source: <Item>(_name: string, items: BatchSource<Item>) => items },
);
