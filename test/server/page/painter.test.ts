import { describe, expect, it } from 'vitest';
import { pageModule } from './page-modules.ts';

const { Painter } = await pageModule('painter.js');
const { Reading } = await pageModule('reading.js');

describe('Painter', () => {
  it('paints once a frame, with the last of each name', () => {
    const frames: (() => void)[] = [];
    const painted: string[] = [];
    const painter = new Painter(
      (frame: () => void) => frames.push(frame),
      () => 0,
    );
    for (let i = 0; i < 100; i++) {
      painter.ask('a', () => painted.push(`a${i}`));
      painter.ask('b', () => painted.push(`b${i}`));
    }
    expect([frames.length, painted.length]).toEqual([1, 0]);
    frames.shift()!();
    expect(painted).toEqual(['a99', 'b99']);
    expect(frames).toHaveLength(0);
  });

  it('leaves to the next frame what does not fit into one, and starves nothing', () => {
    const frames: (() => void)[] = [];
    const painted: string[] = [];
    let now = 0;
    const painter = new Painter(
      (frame: () => void) => frames.push(frame),
      () => now,
    );
    const ask = () => {
      for (const name of ['a', 'b', 'c'])
        painter.ask(name, () => {
          painted.push(name);
          now += 100;
        });
    };
    ask();
    for (let i = 0; i < 6; i++) {
      frames.shift()!();
      ask();
    }
    expect(painted).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });
});

describe('Reading', () => {
  it('reads once more for all who ask while it reads', async () => {
    const answers: ((value?: boolean) => void)[] = [];
    let reads = 0;
    const reading = new Reading(() => {
      reads++;
      return new Promise((resolve) => answers.push(resolve));
    });
    const done: string[] = [];
    const ask = (name: string) => reading.ask().then(() => done.push(name));
    ask('a');
    ask('b');
    ask('c');
    expect(reads).toBe(1);
    answers.shift()!();
    await new Promise((resolve) => setImmediate(resolve));
    expect([reads, done]).toEqual([2, []]);
    answers.shift()!();
    await new Promise((resolve) => setImmediate(resolve));
    expect([reads, done]).toEqual([2, ['a', 'b', 'c']]);
  });

  it('reads again where an answer is of no use, and lets go of one that fails', async () => {
    const answers = [false, true];
    let fail = false;
    const reading = new Reading(async () => {
      if (fail) throw new Error('gone');
      return answers.shift();
    });
    await reading.ask();
    expect(answers).toEqual([]);
    fail = true;
    await expect(reading.ask()).rejects.toThrow('gone');
    fail = false;
    await reading.ask();
  });
});
