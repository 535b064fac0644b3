import { noMetrics, type StepEvent } from '../../streams/index.ts';

/** Whether an event says anything: a step of an agent within an episode does not. */
export function hasMetrics({ values }: StepEvent): boolean {
  if (values === noMetrics) return false;
  for (const _ in values) return true;
  return false;
}
