import type { OperatorFunction } from 'rxjs';

/** Names the stages of a run's stream, so that they can be measured; the items do not change. */
export interface Stages {
  <In, Out>(name: string, operator: OperatorFunction<In, Out>): OperatorFunction<In, Out>;
  /** The same for what the pump pulls. */
  source<Item>(name: string, items: Iterable<Item>): Iterable<Item>;
}

/** Measures nothing. */
export const unmeasured: Stages = Object.assign(
  <In, Out>(_name: string, operator: OperatorFunction<In, Out>) => operator,
  { source: <Item>(_name: string, items: Iterable<Item>) => items },
);
