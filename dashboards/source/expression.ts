import { type Alert, promql } from '../../src/telemetry/index.ts';

/** The condition of an alert in PromQL. */
export function expressionOf({ when }: Alert): string {
  return 'prometheus' in when ? when.prometheus : promql(when);
}
