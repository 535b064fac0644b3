import { finiteNumber, oneOf, show } from '../base/index.ts';
import type { RunControl } from '../runs/index.ts';
import { Refusal } from './errors.ts';

/** What can be asked of a run from outside. */
export type RunCommands = Pick<RunControl, 'pause' | 'resume' | 'stop' | 'checkpoint' | 'rate'>;

const actions = ['pause', 'resume', 'stop', 'checkpoint', 'rate'] as const;

/**
 * Does what the body of a request asks for: `{"action":"pause"}`, or
 * `{"action":"rate","factor":0.5}`.
 * @returns the action
 * @throws Refusal that says what was expected
 */
export function command(body: string, commands: RunCommands): string {
  const { action, factor } = fieldsOf(body);
  try {
    const known = oneOf('action', action, actions);
    if (known === 'rate') commands.rate(finiteNumber('factor', factor, 1e-6, 1e6));
    else if (factor !== undefined) throw new RangeError('factor: expected none with this action, got one');
    else commands[known]();
    return known;
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(400, error.message);
    throw error;
  }
}

/**
 * The fields of a JSON object that may have these two and no other, so that nothing can reach a
 * prototype.
 */
function fieldsOf(body: string): { action?: unknown; factor?: unknown } {
  let content: unknown;
  try {
    content = JSON.parse(body);
  } catch {
    throw new Refusal(400, 'body: expected JSON');
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new Refusal(400, 'body: expected an object');
  const fields = new Map(Object.entries(content));
  for (const name of fields.keys()) {
    if (name !== 'action' && name !== 'factor')
      throw new Refusal(400, `body: expected action and factor, got ${show(name)}`);
  }
  return { action: fields.get('action'), factor: fields.get('factor') };
}
