import { describe, expect, it } from 'vitest';
import { pageModule } from './page-modules.ts';

const { Run } = await pageModule('run.js');

/** A run as it is after it was loaded with nothing in its log. */
function run(summary: object = {}) {
  const made = new Run({ id: 'a', name: 'a', state: 'running', turns: 0, steps: 100, ...summary });
  made.detail = { ...made.summary, notices: [], report: null };
  made.loaded = true;
  return made;
}

const turn = (index: number, player = 'critic') => ({ index, player, seconds: 0.5, loss: index });

describe('Run', () => {
  it('takes turns in once, however often it hears of them', () => {
    const made = run();
    made.hear([turn(0), turn(1, 'generator')]);
    made.hear([turn(0), turn(1, 'generator'), turn(2)]);
    expect(made.curves.get('critic/loss').mean).toEqual([0, 2]);
    expect(made.players).toEqual({ critic: { turns: 2, seconds: 1 }, generator: { turns: 1, seconds: 0.5 } });
    expect(made.summary.turns).toBe(3);
  });

  it('takes the turns that it does not hear of to have lasted as long as the next one', () => {
    const made = run();
    made.hear([turn(0), turn(10)]);
    expect(made.curves.get('critic/loss').time).toEqual([0.5, 5.5]);
  });

  it('takes notices in once, and evaluations as points of curves', () => {
    const made = run();
    const evaluation = { run: 'a', kind: 'evaluation', index: 5, seconds: 1, values: { fid: 3 } };
    expect([made.happened(evaluation), made.happened(evaluation)]).toEqual([true, false]);
    expect(made.detail.notices).toHaveLength(1);
    expect(made.curves.get('evaluation/fid').mean).toEqual([3]);
  });

  it('goes on from an earlier turn when it is rolled back', () => {
    const made = run();
    made.hear([turn(0), turn(1), turn(2)]);
    made.happened({ run: 'a', kind: 'rollback', index: 1, from: 3, reason: 'NonFiniteValues', factor: 0.5 });
    expect([made.last, made.summary.turns]).toEqual([0, 1]);
    made.hear([turn(1)]);
    expect([made.last, made.summary.turns]).toEqual([1, 2]);
  });

  it('has ended when it is told so', () => {
    const made = run();
    expect(made.going).toBe(true);
    made.happened({ run: 'a', kind: 'ended', index: 5, ended: 'failed' });
    expect([made.going, made.summary.state]).toEqual([false, 'failed']);
  });

  it('has stages lately while it goes on, and over all when it has ended', () => {
    const made = run({ turns: 4 });
    const lately = [{ name: 'pump', kind: 'source', items: 4, rate: 7, busy: null }];
    made.present({ state: 'running', turns: 4, stages: lately });
    expect(made.stages).toBe(lately);
    expect(made.rate).toBe(7);
    made.hear([turn(0), turn(1, 'generator'), turn(2), turn(3, 'generator')]);
    made.happened({ run: 'a', kind: 'checkpoint', index: 4, seconds: 2 });
    made.happened({ run: 'a', kind: 'ended', index: 4, ended: 'finished' });
    made.detail.report = { totalSeconds: 4, stepsPerSecond: 1 };
    const told = made.stages.map(({ name, items, rate, busy }: Record<string, unknown>) => [
      name,
      items,
      rate,
      busy,
    ]);
    expect(told).toEqual([
      ['pump', 4, 1, null],
      ['schedule', 4, 1, null],
      ['critic', 2, 0.5, 0.25],
      ['generator', 2, 0.5, 0.25],
      ['checkpoint', 1, 0.25, 0.5],
      ['log', 4, 1, null],
    ]);
  });
});
