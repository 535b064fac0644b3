import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LogIndex } from '../../../src/runs/directory/log-index.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();
const line = (index: number, values: object, player = 'critic', seconds = 0.5) =>
  `${JSON.stringify({ index, player, seconds, ...values })}\n`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => line(from + i, { loss: from + i })).join('');

describe('LogIndex', () => {
  it('has a curve for every value of every player, over steps and over the seconds spent in them', async () => {
    const path = join(folder, 'players');
    writeFileSync(path, line(0, { loss: 1 }) + line(1, { loss: 5 }, 'generator') + line(2, { loss: 3 }));
    const log = new LogIndex(path);
    await log.catchUp();
    expect(log.keys).toEqual(['critic/seconds', 'critic/loss', 'generator/seconds', 'generator/loss']);
    expect(await log.columns({ max: 10, keys: new Set(['critic/loss', 'none']) })).toEqual({
      'critic/loss': { index: [0, 2], time: [0.5, 1.5], mean: [1, 3] },
    });
    expect(Object.fromEntries(log.players)).toEqual({
      critic: { steps: 2, seconds: 1 },
      generator: { steps: 1, seconds: 0.5 },
    });
    expect(log.last).toBe(2);
  });

  it('takes the steps that a thinned log leaves out to have lasted as long as their neighbours', async () => {
    const path = join(folder, 'thinned');
    writeFileSync(path, line(0, { loss: 1 }) + line(10, { loss: 1 }));
    const log = new LogIndex(path);
    await log.catchUp();
    expect((await log.columns({ max: 9 }))['critic/loss']!.time).toEqual([0.5, 5.5]);
  });

  it('reads only what was appended, and calls at the same time read it once', async () => {
    const path = join(folder, 'grows');
    const heard: number[] = [];
    writeFileSync(path, lines(0, 2));
    const log = new LogIndex(path, ({ index }) => heard.push(index));
    await Promise.all([log.catchUp(), log.catchUp()]);
    appendFileSync(path, lines(2, 4));
    await log.catchUp();
    expect(heard).toEqual([0, 1, 2, 3]);
  });

  it('begins again when a resumed run has cut its log', async () => {
    const path = join(folder, 'cut');
    writeFileSync(path, lines(0, 50));
    const log = new LogIndex(path);
    await log.catchUp();
    writeFileSync(path, lines(0, 20));
    await log.catchUp();
    expect(log.lines).toBe(20);
    expect((await log.columns({ max: 100 }))['critic/loss']!.index.at(-1)).toBe(19);
  });

  it('begins again when a resumed run has cut its log and written on beyond what was read', async () => {
    const path = join(folder, 'rewritten');
    writeFileSync(path, lines(0, 30));
    const log = new LogIndex(path);
    await log.catchUp();
    // Longer lines than before, so that the old end falls among earlier steps.
    const longer = (index: number) => line(index, { loss: index, wasserstein: 0.123456789 });
    writeFileSync(path, Array.from({ length: 40 }, (_, i) => longer(i)).join(''));
    await log.catchUp();
    expect(log.last).toBe(39);
    expect(log.lines).toBe(40);
  });

  it('knows when which step was', async () => {
    const path = join(folder, 'clock');
    writeFileSync(path, lines(0, 5_000));
    const log = new LogIndex(path);
    expect(log.secondsAt([0])).toEqual([0]);
    await log.catchUp();
    expect(log.seconds).toBe(2500);
    const [first, middle, last] = log.secondsAt([0, 2500, 9000]) as [number, number, number];
    expect(first).toBe(0.5);
    expect(Math.abs(middle - 1250.5)).toBeLessThan(2);
    expect(Math.abs(last - 2500)).toBeLessThan(2);
  });

  it('shows a short stretch of a long log point by point', async () => {
    const path = join(folder, 'long');
    writeFileSync(path, lines(0, 100_000));
    const log = new LogIndex(path);
    await log.catchUp();
    const far = (await log.columns({ max: 1000 }))['critic/loss']!;
    expect(far.index.length).toBeLessThanOrEqual(1000);
    expect(far.max!.at(-1)).toBe(99_999);
    const near = (await log.columns({ from: 70_000, to: 70_003, max: 1000 }))['critic/loss']!;
    expect(near).toEqual({
      index: [70_000, 70_001, 70_002, 70_003],
      time: [35_000.5, 35_001, 35_001.5, 35_002],
      mean: [70_000, 70_001, 70_002, 70_003],
    });
  });

  it('lets others have their step while it reads', async () => {
    const path = join(folder, 'long');
    let steps = 0;
    let reading = true;
    const count = () => {
      steps++;
      if (reading) setImmediate(count);
    };
    setImmediate(count);
    await new LogIndex(path).catchUp();
    reading = false;
    expect(steps).toBeGreaterThan(10);
  });
});
