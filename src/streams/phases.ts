import { given, show, wholeNumber } from '../base/index.ts';
import type { Due } from './every.ts';
import { functionOption } from './options.ts';
import { type Schedule, type ScheduledMove, schedule } from './schedule.ts';
import type { PhasePlace, StepEvent } from './step.ts';

/** A stretch of a run with a schedule of its own. */
export interface Phase<Player extends string = string> {
  readonly name: string;
  /** How many steps it lasts. Only the last phase may do without: it lasts as long as the run. */
  readonly steps?: number;
  /** Counts from 0 within the phase. */
  readonly schedule: Schedule<Player>;
}

/** A schedule of several phases. */
export interface PhasedSchedule<Player extends string = string> extends Schedule<Player> {
  /** Where the step of an index stands, a pure function. */
  at(index: number): PhasePlace;
  /** Due after the last step of every phase but the last one: where a checkpoint belongs. */
  readonly borders: Due<Pick<StepEvent, 'index'>>;
  /** The steps before each phase. */
  readonly starts: readonly number[];
  /** Names and steps, `reader 1500, stage I 12000, stage II`: equal for equal plans. */
  readonly text: string;
  readonly phases: readonly Phase<Player>[];
}

/**
 * Phases one after the other: the schedule of each counts from 0 at its first step. The phase is a
 * pure function of the index, so a run resumes in the middle of any phase as it would have gone on.
 * A phase whose schedule is itself of phases counts as those, named `outer/inner`. After its
 * planned steps the last phase goes on.
 * @throws RangeError when there is no phase, two have one name, steps are missing from any but the
 * last phase or are no whole number from 1, or a phase of phases ends before its last one begins
 */
export function phases<const Player extends string>(list: readonly Phase<Player>[]): PhasedSchedule<Player> {
  const flat = list.flatMap((phase, number) => within(checked(phase, number === list.length - 1)));
  if (flat.length === 0) throw new RangeError(`phases: expected one or more, got ${show(list)}`);
  const twice = flat.find(({ name }, i) => flat.findIndex((other) => other.name === name) < i);
  if (twice !== undefined)
    throw new RangeError(`phases: expected different names, got ${show(twice.name)} twice`);
  const starts = [0];
  for (const { steps = 0 } of flat.slice(0, -1)) starts.push(starts.at(-1)! + steps);

  const at = (index: number): PhasePlace => {
    let [number, after] = [0, flat.length];
    while (after - number > 1) {
      const middle = (number + after) >> 1;
      if (starts[middle]! <= index) number = middle;
      else after = middle;
    }
    const { name, steps, schedule: inside } = flat[number]!;
    return {
      name,
      number,
      of: flat.length,
      step: index - starts[number]!,
      ...given({ steps }),
      ...(inside.players && { players: inside.players }),
    };
  };
  const moveAt = (index: number): ScheduledMove<Player> => {
    const phase = at(index);
    return { ...flat[phase.number]!.schedule.moveAt(phase.step), phase };
  };
  const known = flat.every(({ schedule: { players } }) => players);
  const players = [...new Set(flat.flatMap(({ schedule: { players = [] } }) => players))];
  return Object.assign(schedule(moveAt, known ? players : undefined), {
    at,
    borders: ({ index }: Pick<StepEvent, 'index'>) => starts.includes(index + 1),
    starts,
    text: flat.map(({ name, steps }) => (steps === undefined ? name : `${name} ${steps}`)).join(', '),
    phases: flat,
  });
}

function checked<Player extends string>(phase: Phase<Player>, last: boolean): Phase<Player> {
  const { name, steps } = phase;
  if (typeof name !== 'string' || name === '')
    throw new RangeError(`phases: expected a name for every phase, got ${show(name)}`);
  if (steps !== undefined) wholeNumber(`phases: steps of ${name}`, steps, 1);
  else if (!last)
    throw new RangeError(`phases: steps of ${name}: expected a whole number from 1, got undefined`);
  functionOption(`phases: schedule of ${name}`, phase.schedule?.moveAt);
  return phase;
}

/**
 * The phases of a phase: itself, or those of its schedule, with the last one's steps as they fit.
 */
function within<Player extends string>(phase: Phase<Player>): readonly Phase<Player>[] {
  const { name, steps, schedule: inside } = phase;
  if (!isPhased(inside)) return [phase];
  const before = inside.starts.at(-1)!;
  if (steps !== undefined && steps <= before)
    throw new RangeError(
      `phases: steps of ${name}: expected more than the ${before} before its last phase begins, ` +
        `got ${steps}`,
    );
  return inside.phases.map((inner, number) => {
    const named = { ...inner, name: `${name}/${inner.name}` };
    const last = number === inside.phases.length - 1;
    return last && steps !== undefined ? { ...named, steps: steps - before } : named;
  });
}

/** Whether a schedule is one of `phases`. */
export function isPhased<Player extends string>(
  schedule: Schedule<Player>,
): schedule is PhasedSchedule<Player> {
  return 'phases' in schedule;
}
