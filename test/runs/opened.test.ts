import { describe, expect, it } from 'vitest';
import { Opened } from '../../src/runs/opened.ts';

describe('what a command has opened', () => {
  it('is closed in reverse order, once', async () => {
    const closed: string[] = [];
    const opened = new Opened();
    opened.add(async () => closed.push('first'));
    opened.add(() => closed.push('second'));
    await opened.close();
    await opened.close();
    expect(closed).toEqual(['second', 'first']);
  });

  it('is closed whole where one fails, and the first error is thrown', async () => {
    const closed: string[] = [];
    const opened = new Opened();
    opened.add(() => closed.push('first'));
    for (const reason of ['later', 'earlier'])
      opened.add(() => {
        throw new Error(reason);
      });
    await expect(opened.close()).rejects.toThrow('earlier');
    expect(closed).toEqual(['first']);
  });
});
