import type { OperatorFunction } from 'rxjs';

/** Gives the stages of a run's stream names, so that somebody may measure them; what flows is not changed. */
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
