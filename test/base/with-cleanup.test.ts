import { describe, expect, it } from 'vitest';
import { withCleanup, withCleanupSync } from '../../src/base/index.ts';

const fails = (message: string) => () => {
  throw new Error(message);
};

describe('withCleanup', () => {
  it('gives what the task gives, once the cleanup is done', async () => {
    const done: string[] = [];
    const result = await withCleanup(
      async () => {
        done.push('task');
        return 3;
      },
      async () => {
        await new Promise(setImmediate);
        done.push('cleanup');
      },
    );
    expect([result, done]).toEqual([3, ['task', 'cleanup']]);
  });

  it('throws the first error, and cleans up all the same', async () => {
    await expect(withCleanup(fails('first'), fails('second'))).rejects.toThrow('first');
    await expect(withCleanup(() => 1, fails('second'))).rejects.toThrow('second');
    const cleaned: string[] = [];
    await expect(withCleanup(fails('first'), () => cleaned.push('yes'))).rejects.toThrow('first');
    expect(cleaned).toEqual(['yes']);
  });
});

describe('withCleanupSync', () => {
  it('does the same at once', () => {
    const done: string[] = [];
    const task = () => done.push('task');
    expect(withCleanupSync(task, () => void done.push('cleanup'))).toBe(1);
    expect(() => withCleanupSync(fails('first'), () => void done.push('again'))).toThrow('first');
    expect(done).toEqual(['task', 'cleanup', 'again']);
    expect(() => withCleanupSync(fails('first'), fails('second'))).toThrow('first');
    expect(() => withCleanupSync(() => 1, fails('second'))).toThrow('second');
  });
});
