import { describe, expect, it } from 'vitest';
import { pageModule } from './page-modules.ts';

const { phasesOf, placeOf } = await pageModule('phases.js');

const phase = (index: number, name: string, number: number, step = 0, steps?: number) => ({
  kind: 'phase',
  index,
  name,
  number,
  of: 3,
  step,
  ...(steps && { steps }),
});
const run = (done: number, ...events: object[]) => ({ done, detail: { events } });
const other = { kind: 'checkpoint', index: 4 };

describe('phasesOf', () => {
  it('are stretches from border to border, the last one up to the present step', () => {
    const events = [phase(0, '4x4', 0, 0, 6), other, phase(6, 'to 8x8', 1, 0, 4), phase(10, '8x8', 2)];
    expect(phasesOf(run(14, ...events))).toEqual([
      { name: '4x4', from: 0, to: 6 },
      { name: 'to 8x8', from: 6, to: 10 },
      { name: '8x8', from: 10, to: 14 },
    ]);
  });

  it('are not begun again by a resume or a rollback within them', () => {
    const events = [phase(0, '4x4', 0, 0, 6), phase(6, 'to 8x8', 1, 0, 4), phase(8, 'to 8x8', 1, 2, 4)];
    expect(phasesOf(run(9, ...events))).toEqual([
      { name: '4x4', from: 0, to: 6 },
      { name: 'to 8x8', from: 6, to: 9 },
    ]);
    expect(phasesOf(run(3, ...events, phase(3, '4x4', 0, 3, 6)))).toEqual([{ name: '4x4', from: 0, to: 3 }]);
  });

  it('are none where a run has none', () => {
    expect(phasesOf(run(3, other))).toEqual([]);
    expect(placeOf(run(3, other))).toBeUndefined();
    expect(placeOf({ done: 3, detail: null })).toBeUndefined();
  });
});

describe('placeOf', () => {
  it('counts the steps within the phase, also behind a resume', () => {
    const resumed = run(9, phase(8, 'to 8x8', 1, 2, 4));
    expect(placeOf(resumed)).toEqual({
      ...{ name: 'to 8x8', step: 3, steps: 4, number: 1, of: 3 },
      players: null,
    });
    expect(placeOf(run(14, phase(10, '8x8', 2)))).toMatchObject({ name: '8x8', step: 4, steps: null });
  });
});
