import type { OperatorFunction } from 'rxjs';

/** Gives a stage of a run's stream a name, so that somebody may measure it; what flows is not changed. */
export type Stages = <In, Out>(
  name: string,
  operator: OperatorFunction<In, Out>,
) => OperatorFunction<In, Out>;

/** Measures nothing. */
export const unmeasured: Stages = (_name, operator) => operator;
