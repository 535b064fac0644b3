import { describe, expect, it } from 'vitest';
import { FileQueue, FileSystemStalledError, isAbsent } from '../../../src/runs/directory/file-queue.ts';

/** A question whose answer the test gives. */
function question() {
  let answer = (_: string) => {};
  let asked = false;
  const answered = new Promise<string>((resolve) => {
    answer = resolve;
  });
  const ask = () => {
    asked = true;
    return answered;
  };
  return { ask, answer: (text: string) => answer(text), asked: () => asked };
}

describe('FileQueue', () => {
  it('asks one after the other, and passes on answers and errors', async () => {
    const { ask } = new FileQueue();
    const [first, second] = [question(), question()];
    const answers = [ask(first.ask), ask(second.ask), ask(() => Promise.reject(new Error('EACCES')))];
    expect([first.asked(), second.asked()]).toEqual([true, false]);
    first.answer('a');
    expect(await answers[0]).toBe('a');
    second.answer('b');
    expect(await answers[1]).toBe('b');
    await expect(answers[2]).rejects.toThrow('EACCES');
  });

  it('has patience with a file system that takes its time', async () => {
    const { ask } = new FileQueue();
    const slow = question();
    const answer = ask(slow.ask);
    setTimeout(() => slow.answer('there'), 50);
    expect(await answer).toBe('there');
  });

  it('gives up on a file system that does not answer, asks it nothing more, and comes back to it when it does', async () => {
    const { ask } = new FileQueue(1);
    const [first, second] = [question(), question()];
    const answers = [ask(first.ask), ask(second.ask)];
    for (const answer of answers) await expect(answer).rejects.toThrow(FileSystemStalledError);
    await expect(ask(second.ask)).rejects.toThrow('expected an answer of their file system');
    expect(second.asked()).toBe(false);
    first.answer('late');
    await expect.poll(() => ask(async () => 'again').catch(() => 'stalled')).toBe('again');
  });

  it('does not take a busy event loop for a file system that stalls', async () => {
    const { ask } = new FileQueue(1);
    const busyUntil = Date.now() + 30;
    const answer = ask(() => new Promise((resolve) => setImmediate(() => resolve('there'))));
    while (Date.now() < busyUntil);
    expect(await answer).toBe('there');
  });
});

describe('isAbsent', () => {
  it('knows what says that there is no such file', () => {
    const error = (code: string) => Object.assign(new Error(code), { code });
    expect(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].map((code) => isAbsent(error(code)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(isAbsent(error('EACCES'))).toBe(false);
  });
});
