import type { Evaluated } from '../../evaluation/index.ts';
import { evaluationsIn, readRunEvents } from './run-event-log.ts';

/** The evaluations in the events of a run that stand, by step; none where there are no events. */
export async function readEvaluations(events: string): Promise<Evaluated[]> {
  return evaluationsIn(await readRunEvents(events)).map(({ index, seconds, values }) => ({
    index,
    seconds,
    values,
  }));
}
