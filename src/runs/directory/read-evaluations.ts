import type { Evaluated } from '../../evaluation/index.ts';
import { evaluationsIn, readRunEvents } from './run-event-log.ts';

/** The evaluations in the notices of a run that stand, by turn; none where there are no notices. */
export async function readEvaluations(notices: string): Promise<Evaluated[]> {
  return evaluationsIn(await readRunEvents(notices)).map(({ index, seconds, values }) => ({
    index,
    seconds,
    values,
  }));
}
