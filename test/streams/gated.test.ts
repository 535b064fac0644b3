import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  above,
  below,
  type GateRule,
  gated,
  inOrder,
  type Latest,
  numbered,
  ttur,
} from '../../src/streams/index.ts';
import { record } from './support.ts';

const told =
  (values: Readonly<Record<string, Readonly<Record<string, number>>>>): Latest =>
  (player) =>
    values[player];
const ahead: GateRule = {
  player: 'critic',
  instead: 'generator',
  when: above('generator', 'fakeAccuracy', 0.8),
};

/** The players of some steps of a schedule behind a gate. */
const moved = (rules: readonly GateRule[], latest: Latest) =>
  record(from(numbered([...'abc'])).pipe(inOrder(['critic', 'generator']), gated(rules, latest))).said;

describe('gated', () => {
  it('gives turns away while a rule holds, with their index and batch', () => {
    expect(moved([ahead], told({ generator: { fakeAccuracy: 0.9 } }))).toEqual([
      { index: 0, player: 'generator', batch: 'a' },
      { index: 1, player: 'generator', batch: 'b' },
      { index: 2, player: 'generator', batch: 'c' },
      'complete',
    ]);
  });

  it('leaves the schedule alone where no rule holds, or nobody has moved', () => {
    const plain = [
      { index: 0, player: 'critic', batch: 'a' },
      { index: 1, player: 'generator', batch: 'b' },
      { index: 2, player: 'critic', batch: 'c' },
      'complete',
    ];
    expect(moved([ahead], told({ generator: { fakeAccuracy: 0.8 } }))).toEqual(plain);
    expect(moved([ahead], told({}))).toEqual(plain);
    expect(moved([], told({}))).toEqual(plain);
  });

  it('asks again at every step', () => {
    let fakeAccuracy = 0;
    const latest: Latest = () => ({ fakeAccuracy });
    const players: string[] = [];
    from(numbered([...'abcdef']))
      .pipe(inOrder(['critic', 'generator']), gated([ahead], latest))
      .subscribe(({ index, player }) => {
        players.push(player);
        fakeAccuracy = index < 2 ? 0.9 : 0.5;
      });
    expect(players).toEqual(['critic', 'generator', 'generator', 'generator', 'critic', 'generator']);
  });

  it('drops the rate that was meant for the player who waits', () => {
    const steps = record(
      from(numbered(['a'])).pipe(
        ttur({ critic: 1, generator: 2 }),
        gated([ahead], told({ generator: { fakeAccuracy: 1 } })),
      ),
    );
    expect(steps.said).toEqual([{ index: 0, player: 'generator', batch: 'a' }, 'complete']);
  });

  it('lets the first rule that holds decide', () => {
    const always = (instead: string): GateRule => ({ player: 'critic', instead, when: () => true });
    const [first] = moved([always('encoder'), always('generator')], told({}));
    expect(first).toEqual({ index: 0, player: 'encoder', batch: 'a' });
  });

  it('ends the stream with the error of a rule, and refuses what is no function', () => {
    const broken: GateRule = {
      ...ahead,
      when: () => {
        throw new Error('broken');
      },
    };
    expect(moved([broken], told({}))).toEqual([new Error('broken')]);
    expect(() => gated([ahead], undefined as never)).toThrow('latest: expected a function');
    expect(() => gated([{ ...ahead, when: 1 as never }], told({}))).toThrow('when: expected a function');
  });
});

describe('above and below', () => {
  it('compare a value of the last step of a player, and never hold before it has one', () => {
    const latest = told({ critic: { loss: 0.5 } });
    expect(above('critic', 'loss', 0.4)(latest)).toBe(true);
    expect(above('critic', 'loss', 0.5)(latest)).toBe(false);
    expect(below('critic', 'loss', 0.6)(latest)).toBe(true);
    expect(below('critic', 'loss', 0.5)(latest)).toBe(false);
    expect(above('generator', 'loss', -1)(latest)).toBe(false);
    expect(below('critic', 'other', 1e9)(latest)).toBe(false);
  });
});
