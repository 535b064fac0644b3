import { describe, expect, it } from 'vitest';
import { StageMeter } from '../../src/server/stage-meter.ts';

const critic = (items: number, seconds: number | null) =>
  [{ name: 'critic', kind: 'learn', items, seconds }] as const;

describe('StageMeter', () => {
  it('makes rates and busy shares of what has been counted since the last reading', () => {
    const meter = new StageMeter();
    expect(meter.read(100, critic(10, 1))).toEqual([
      { name: 'critic', kind: 'learn', items: 10, rate: 0, busy: null },
    ]);
    // 40 items in 2 seconds, 1.5 seconds of work.
    expect(meter.read(102, critic(50, 2.5))[0]).toMatchObject({ rate: 20, busy: 0.75 });
  });

  it('looks back ten seconds at most', () => {
    const meter = new StageMeter();
    for (let time = 0; time <= 30; time++) meter.read(time, critic(time < 20 ? time : 20, 0));
    expect(meter.read(31, critic(20, 0))[0]).toMatchObject({ rate: 0, busy: 0 });
  });

  it('does not say how busy a stage is whose time nobody takes', () => {
    const meter = new StageMeter();
    meter.read(0, critic(0, null));
    expect(meter.read(1, critic(5, null))[0]).toMatchObject({ rate: 5, busy: null });
  });

  it('counts all that a stage has done that came after the first reading', () => {
    const meter = new StageMeter();
    meter.read(0, []);
    expect(meter.read(2, critic(10, 1))[0]).toMatchObject({ rate: 5, busy: 0.5 });
  });

  it('is never busier than all of the time', () => {
    const meter = new StageMeter();
    meter.read(0, critic(0, 0));
    expect(meter.read(1, critic(1, 3))[0]!.busy).toBe(1);
  });
});
