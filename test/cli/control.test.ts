import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listenTo } from '../support/event-source.ts';
import { scratchFolder, small, weirProcess } from '../support/weir.ts';

const folder = scratchFolder();

describe('a run that may be controlled', () => {
  it('pauses, changes its rates, writes a checkpoint and stops when somebody with the token says so', async () => {
    const [out, token] = [join(folder, 'run'), join(folder, 'token')];
    const { finished, said } = weirProcess(
      'train',
      'wgan',
      ...small,
      '--steps',
      '1000000',
      '--out',
      out,
      '--port',
      '0',
      '--control',
      token,
    );
    const [, url = ''] = await said(/live page on (\S+)\n/);
    const secret = readFileSync(token, 'utf8').trim();
    expect(statSync(token).mode & 0o777).toBe(0o600);
    const ask = async (wish: object) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
      return (await fetch(`${url}control`, { method: 'POST', headers, body: JSON.stringify(wish) })).status;
    };
    const listener = await listenTo(url);
    const until = (kind: string) =>
      listener.until(() =>
        listener.batches.some(({ runEvents }) => runEvents.some((event) => event.kind === kind)),
      );
    const now = () => listener.batches.findLast(({ status }) => status.run !== undefined)?.status.run;
    await listener.until(() => (now()?.done ?? 0) > 0);

    expect(await ask({ action: 'pause' })).toBe(200);
    await listener.until(() => now()?.state === 'paused');
    const { done } = now()!;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(now()!.done).toBe(done);

    expect(await ask({ action: 'rate', factor: 0.5 })).toBe(200);
    expect(await ask({ action: 'checkpoint' })).toBe(200);
    expect(await ask({ action: 'resume' })).toBe(200);
    await until('checkpoint');
    expect(await ask({ action: 'stop' })).toBe(200);
    const { code, stdout, stderr } = await finished;
    expect(code).toBe(0);
    expect(stdout).toContain('stopped after');
    expect(stdout + stderr).not.toContain(secret);
    const events = readFileSync(join(out, 'events.jsonl'), 'utf8');
    expect(events).toContain(`"kind":"rate","index":${done},"factor":0.5`);
    expect(events).toContain('"kind":"ended"');
    expect(events).not.toContain(secret);
  });
});
