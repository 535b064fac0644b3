import { describe, expect, it } from 'vitest';
import { duration, Progress } from '../../src/cli/progress.ts';

function display(isTTY: boolean, columns = 200, colour = false) {
  let written = '';
  let time = 0;
  const stream = { isTTY, columns, write: (text: string) => (written += text) };
  const progress = new Progress(stream, { steps: 1000, checkpointEvery: 100, colour, now: () => time });
  return {
    progress,
    stream,
    written: () => written,
    /** Steps `from` to `to` - 1, each taking `seconds`. */
    steps(from: number, to: number, seconds: number) {
      for (let index = from; index < to; index++) {
        time += seconds;
        const player = index % 2 === 0 ? 'critic' : 'generator';
        const values = player === 'critic' ? { loss: -1.23456, wasserstein: 0.5 } : { loss: 7 };
        progress.next({ index, player, seconds, values });
      }
    },
  };
}

describe('Progress', () => {
  it('prints a line every ten seconds off a terminal', () => {
    const { steps, written } = display(false);
    steps(0, 99, 0.1);
    expect(written()).toBe('');
    steps(99, 220, 0.1);
    const lines = written().trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^10\d\/1000 10 % {2}10\/s {2}1 min 30 s left {2}critic -1.23 {2}generator 7 {2}W 0.5 {2}checkpoint in 10 s$/,
    );
  });

  it('writes one line over and over on a terminal, cut to its width, and ends it', () => {
    const { steps, progress, written } = display(true, 40);
    steps(0, 10, 0.25);
    expect(written()).not.toContain('\n');
    const shown = written().split('\r\u001b[2K').slice(1);
    expect(shown.length).toBeGreaterThan(5);
    for (const line of shown) expect(line.length).toBeLessThan(40);
    progress.end();
    progress.end();
    expect(written().endsWith('\n')).toBe(true);
    expect(written().match(/\n/g)).toHaveLength(1);
  });

  it('takes a terminal that does not say how wide it is to have 100 columns', () => {
    const { progress, steps, written, stream } = display(true);
    Object.assign(stream, { columns: undefined });
    progress.next({ index: 0, player: 'a'.repeat(60), seconds: 1, values: { loss: 1 } });
    steps(0, 10, 0.25);
    progress.end();
    const shown = written().trimEnd().split('\r\u001b[2K').slice(1);
    expect(Math.max(...shown.map((line) => line.length))).toBe(99);
  });

  it('tells the mean return of the last episodes of an agent, and no loss that there is not', () => {
    let written = '';
    let time = 0;
    const stream = { isTTY: false, write: (text: string) => (written += text) };
    const progress = new Progress(stream, {
      steps: 1000,
      checkpointEvery: 100,
      colour: false,
      now: () => time,
    });
    const step = (index: number, values: Record<string, number>) => {
      time += 1;
      progress.next({ index, player: 'agent', seconds: 1, values });
    };
    step(0, {});
    for (let i = 1; i <= 60; i++) step(i, i % 2 === 0 ? {} : { return: i < 30 ? 0 : 10, length: 5 });
    const lines = written.trimEnd().split('\n');
    expect(lines[0]).toMatch(/left {2}return 0 {2}checkpoint/);
    expect(lines.at(-1)).toMatch(/left {2}return 5 {2}checkpoint/);
    for (let i = 61; i <= 300; i++) step(i, { return: 7, loss: 0.25 });
    expect(written.trimEnd().split('\n').at(-1)).toMatch(/left {2}agent 0.25 {2}return 7 {2}checkpoint/);
  });

  it('measures again when the run goes back', () => {
    const { steps, written } = display(false);
    steps(400, 500, 0.1);
    steps(100, 220, 0.1);
    expect(written().trimEnd().split('\n').at(-1)).toMatch(/^\d+\/1000 \d+ % {2}10\/s {2}1 min/);
  });

  it('uses colour only where it is wanted', () => {
    const plain = display(true);
    plain.steps(0, 10, 0.25);
    expect(plain.written()).not.toContain('\u001b[36m');
    const coloured = display(true, 200, true);
    coloured.steps(0, 10, 0.25);
    expect(coloured.written()).toContain('\u001b[36m');
  });

  it('gives the rate of the last minute, not of the whole run', () => {
    const { steps, written } = display(false);
    steps(0, 100, 2);
    steps(100, 900, 0.1);
    const last = written().trimEnd().split('\n').at(-1)!;
    expect(last).toContain(' 10/s');
  });
});

describe('duration', () => {
  it.each([
    [0, '0 s'],
    [8.4, '8 s'],
    [59.7, '1 min'],
    [200, '3 min 20 s'],
    [3600, '1 h'],
    [18_120, '5 h 2 min'],
    [187_200, '2 d 4 h'],
  ])('says %s seconds as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
