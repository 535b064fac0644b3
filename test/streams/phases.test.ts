import fc from 'fast-check';
import { map, range } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  barrier,
  Gate,
  gated,
  inOrder,
  nCritic,
  type PhasedSchedule,
  phases,
  schedule,
  ttur,
} from '../../src/streams/index.ts';
import { record } from './support.ts';

const stack = phases([
  { name: 'reader', steps: 3, schedule: inOrder(['reader']) },
  { name: 'stage I', steps: 7, schedule: nCritic(2, ['critic@16', 'generator@16']) },
  { name: 'stage II', schedule: ttur({ 'critic@32': 4e-4, 'generator@32': 1e-4 }) },
]);

const steps = (plan: PhasedSchedule, start: number, count: number) =>
  record(
    range(start, count).pipe(
      map((index) => ({ index, batch: index })),
      plan,
    ),
  ).said;

/** The players of the first steps. */
const movers = (plan: PhasedSchedule, count: number) =>
  Array.from({ length: count }, (_, index) => plan.moveAt(index).player);

describe('phases', () => {
  it('begin each schedule at its first player, and keep its rates', () => {
    expect(movers(stack, 14)).toEqual([
      ...['reader', 'reader', 'reader'],
      ...['critic@16', 'critic@16', 'generator@16', 'critic@16', 'critic@16', 'generator@16', 'critic@16'],
      ...['critic@32', 'generator@32', 'critic@32', 'generator@32'],
    ]);
    expect(stack.moveAt(11)).toMatchObject({ player: 'generator@32', rate: 1e-4 });
    expect(stack.players).toEqual(['reader', 'critic@16', 'generator@16', 'critic@32', 'generator@32']);
  });

  it('say in every step where it stands', () => {
    expect(steps(stack, 9, 2)).toEqual([
      {
        index: 9,
        batch: 9,
        player: 'critic@16',
        phase: {
          name: 'stage I',
          number: 1,
          of: 3,
          step: 6,
          steps: 7,
          players: ['critic@16', 'generator@16'],
        },
      },
      {
        index: 10,
        batch: 10,
        player: 'critic@32',
        rate: 4e-4,
        phase: { name: 'stage II', number: 2, of: 3, step: 0, players: ['critic@32', 'generator@32'] },
      },
      'complete',
    ]);
  });

  it('are a pure function of the index: resumed anywhere, asked in any order', () => {
    const whole = steps(stack, 0, 60);
    fc.assert(
      fc.property(fc.nat(59), fc.nat(59), (first, second) => {
        expect(steps(stack, first, 60 - first)).toEqual(whole.slice(first));
        expect(stack.at(second)).toEqual((whole[second] as { phase: unknown }).phase);
      }),
      { seed: 7, numRuns: 50 },
    );
  });

  it('have borders behind the last step of every phase but the last', () => {
    expect(
      Array.from({ length: 30 }, (_, index) => index).filter((index) => stack.borders({ index })),
    ).toEqual([2, 9]);
    expect(stack.starts).toEqual([0, 3, 10]);
    const saved: number[] = [];
    record(
      range(0, 20).pipe(
        map((index) => ({ index })),
        barrier(stack.borders, new Gate(), ({ index }) => void saved.push(index)),
      ),
    );
    expect(saved).toEqual([2, 9]);
  });

  it('have a text that only equal plans share', () => {
    expect(stack.text).toBe('reader 3, stage I 7, stage II');
  });

  it('go on in the last one behind its planned steps', () => {
    const plan = phases([{ name: 'only', steps: 2, schedule: inOrder(['a', 'b']) }]);
    expect(movers(plan, 5)).toEqual(movers(phases([{ name: 'x', schedule: inOrder(['a', 'b']) }]), 5));
    expect(plan.at(4)).toMatchObject({ step: 4, steps: 2 });
  });

  it('of phases are their phases, one after the other', () => {
    const grow = phases([
      { name: 'fade', steps: 2, schedule: inOrder(['a']) },
      { name: 'stay', schedule: inOrder(['b']) },
    ]);
    const plan = phases([
      { name: '8', steps: 5, schedule: grow },
      { name: '16', schedule: grow },
    ]);
    expect(plan.text).toBe('8/fade 2, 8/stay 3, 16/fade 2, 16/stay');
    expect(movers(plan, 9).join('')).toBe('aabbbaabb');
    expect(steps(plan, 3, 6)).toEqual(steps(plan, 0, 9).slice(3));
  });

  it('let a gate rule apply only where the player that it names is of the phase', () => {
    const rule = { player: 'critic@32', instead: 'generator@32', when: () => true };
    const stranger = { player: 'critic@16', instead: 'generator@32', when: () => true };
    const players = record(
      range(8, 4).pipe(
        map((index) => ({ index, batch: index })),
        stack,
        gated([stranger, rule], () => undefined),
        map(({ player, phase }) => `${phase?.name} ${player}`),
      ),
    ).said;
    expect(players).toEqual([
      'stage I generator@16',
      'stage I critic@16',
      'stage II generator@32',
      'stage II generator@32',
      'complete',
    ]);
  });

  it('take schedules whose players are not known, and then name none', () => {
    const plan = phases([{ name: 'odd', schedule: schedule((index) => ({ player: `p${index % 2}` })) }]);
    expect(movers(plan, 3)).toEqual(['p0', 'p1', 'p0']);
    expect(plan.at(0)).not.toHaveProperty('players');
    expect(plan.players).toBeUndefined();
  });

  const one = inOrder(['a']);
  it.each([
    [[], 'phases: expected one or more, got []'],
    [[{ name: '', schedule: one }], 'phases: expected a name for every phase, got ""'],
    [
      [
        { name: 'a', schedule: one },
        { name: 'b', schedule: one },
      ],
      'phases: steps of a: expected a whole number from 1, got undefined',
    ],
    [[{ name: 'a', steps: 0, schedule: one }], 'phases: steps of a: expected a whole number from 1, got 0'],
    [
      [
        { name: 'a', steps: 1, schedule: one },
        { name: 'a', schedule: one },
      ],
      'phases: expected different names, got "a" twice',
    ],
    [
      [
        { name: 'outer', steps: 3, schedule: stack },
        { name: 'b', schedule: one },
      ],
      'phases: steps of outer: expected more than the 10 before its last phase begins, got 3',
    ],
  ])('refuse what is no plan (%#)', (list, message) => {
    expect(() => phases(list)).toThrow(new RangeError(message));
  });
});
