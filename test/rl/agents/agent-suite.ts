import { take, tap } from 'rxjs';
import { expect, it } from 'vitest';
import {
  type Experience,
  frozenLake,
  interact,
  type Tabular,
  type TabularAgent,
  ticks,
} from '../../../src/rl/index.ts';
import { pump, Run, type StepEvent } from '../../../src/streams/index.ts';

/** An experience with what a test does not care about filled in. */
export function experience(
  given: Partial<Experience<number, number>> & Pick<Experience<number, number>, 'index'>,
): Experience<number, number> {
  return {
    observation: 0,
    action: 0,
    reward: 0,
    next: 1,
    kind: 'transition',
    episode: 0,
    length: 1,
    return: 0,
    began: 0,
    ...given,
  };
}

/** Lets an agent learn on the frozen lake for so many steps, from where it stands. */
export async function learnOnIce(agent: TabularAgent, steps: number, saved?: unknown) {
  const run = new Run();
  const events: Omit<StepEvent, 'seconds'>[] = [];
  const meeting = interact(frozenLake(), agent, { seed: 3 });
  if (saved !== undefined) meeting.restore(saved as never);
  await run.done(
    pump(ticks({ start: agent.index }), run).pipe(
      take(steps),
      meeting,
      agent.learn(),
      tap(({ seconds, ...event }) => {
        expect(seconds).toBeGreaterThanOrEqual(0);
        events.push(event);
      }),
    ),
  );
  return { events, saved: { agent: agent.save(), meeting: meeting.save() } };
}

/** What holds for every agent with a table. */
export function agentSuite(make: (environment: Tabular) => TabularAgent): void {
  it('goes on exactly after a restore, wherever in an episode it stopped', async () => {
    const straight = await learnOnIce(make(frozenLake()), 3_000);
    for (const stop of [1, 777, 1501]) {
      const first = await learnOnIce(make(frozenLake()), stop);
      const agent = make(frozenLake());
      agent.restore(structuredClone(asPlain(first.saved.agent)) as never);
      const second = await learnOnIce(agent, 3_000 - stop, structuredClone(first.saved.meeting));
      expect([...first.events, ...second.events]).toEqual(straight.events);
      expect(second.saved).toEqual(straight.saved);
    }
  });

  it('refuses the state of another agent, seed or size', () => {
    const saved = make(frozenLake()).save();
    const agent = make(frozenLake());
    const state = { ...saved.state, agent: 'other' };
    expect(() => agent.restore({ ...saved, state })).toThrow(/expected a state of .*, got one of other/);
    expect(() => agent.restore({ ...saved, state: { ...saved.state, seed: 99 } })).toThrow('got 99');
    expect(() => make(frozenLake({ map: '8x8' })).restore(saved)).toThrow(/expected 256 numbers/);
  });

  it('takes steps in order only', () => {
    const agent = make(frozenLake());
    expect(() => agent.step(experience({ index: 1 }))).toThrow(/expected step 0, got 1/);
  });
}

/** Values are instances of a class, which a clone would lose: a checkpoint keeps what they hold. */
function asPlain({ tensors, state }: ReturnType<TabularAgent['save']>) {
  const plain = Object.entries(tensors).map(([name, value]) => {
    const { dtype, shape, data } = value as unknown as Record<string, unknown>;
    return [name, { dtype, shape, data }];
  });
  return { tensors: Object.fromEntries(plain), state };
}
