import { take, tap } from 'rxjs';
import { expect, it } from 'vitest';
import { flattenTree } from '../../../src/engine/index.ts';
import {
  type Environment,
  type Experience,
  frozenLake,
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
export async function learnOnIce(agent: TabularAgent, steps: number) {
  const run = new Run();
  const events: Omit<StepEvent, 'seconds'>[] = [];
  await run.done(
    pump(ticks({ start: agent.index }), run).pipe(
      take(steps),
      agent.interaction,
      agent.learn(),
      tap(({ seconds, ...event }) => {
        expect(seconds).toBeGreaterThanOrEqual(0);
        events.push(event);
      }),
    ),
  );
  return { events, saved: agent.save() };
}

/** What holds for every agent with a table. */
export function agentSuite(make: (environment: Environment<number, number>) => TabularAgent): void {
  it('goes on exactly after a restore, wherever in an episode it stopped', async () => {
    const straight = await learnOnIce(make(frozenLake()), 3_000);
    for (const stop of [1, 777, 1501]) {
      const first = await learnOnIce(make(frozenLake()), stop);
      const agent = make(frozenLake());
      const { tensors, state } = first.saved;
      // As a checkpoint file has it.
      agent.restore({ tensors: flattenTree(tensors), state: structuredClone(state) });
      const second = await learnOnIce(agent, 3_000 - stop);
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
