import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { quietly, warnProcess } from '../../src/base/index.ts';

describe('warnProcess', () => {
  it('warns through the process', async () => {
    const warned = once(process, 'warning');
    warnProcess('the source is late');
    const [warning] = await warned;
    expect(warning).toMatchObject({ name: 'WeirWarning', message: 'the source is late' });
  });
});

describe('quietly', () => {
  it('passes the message on', () => {
    const messages: string[] = [];
    quietly((message) => messages.push(message))('late');
    expect(messages).toEqual(['late']);
  });

  it('warns through the process when the warning itself throws', async () => {
    const warned = once(process, 'warning');
    quietly(() => {
      throw new Error('no paper');
    })('late');
    const [warning] = await warned;
    expect(warning.message).toBe('late (and the warning itself failed: Error: no paper)');
  });
});
