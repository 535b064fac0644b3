import { noValues, type TurnEvent } from '../../streams/index.ts';

/** Whether an event says anything: a step of an agent within an episode does not. */
export function tells({ values }: TurnEvent): boolean {
  if (values === noValues) return false;
  for (const _ in values) return true;
  return false;
}
