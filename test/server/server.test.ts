import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from '../../src/server/index.ts';
import { listenTo } from '../support/event-source.ts';
import { madeUpRun } from '../support/made-up-run.ts';
import { scratchFolder } from '../support/weir.ts';

const folder = scratchFolder();
madeUpRun(join(folder, 'a'), { done: 10, samples: 1, ended: 'finished' });

describe('serve', () => {
  it('serves the page, the runs, their pictures and curves, and ends when it is closed', async () => {
    const served = await serve({ directory: folder, port: 0, warn: () => {} });
    expect(served.url).toBe(`http://127.0.0.1:${served.port}/`);
    const types = [];
    for (const path of [
      '',
      'api/runs',
      'api/runs/a',
      'api/runs/a/samples/step-00000010.png',
      'api/series?run=a',
    ]) {
      const answer = await fetch(served.url + path);
      expect(answer.status, path).toBe(200);
      types.push(answer.headers.get('content-type')!.split(';')[0]);
    }
    expect(types).toEqual([
      'text/html',
      'application/json',
      'application/json',
      'image/png',
      'application/json',
    ]);
    const listener = await listenTo(served.url);
    await served.close();
    await listener.ended;
    await expect(fetch(served.url)).rejects.toThrow();
  });

  it('listens on this machine alone unless it is told otherwise', async () => {
    const served = await serve({ directory: folder, port: 0, warn: () => {} });
    const everywhere = createServer();
    // The port is free on another address, so it was not taken on all of them.
    await new Promise<void>((resolve) => everywhere.listen(served.port, '127.0.0.2', resolve));
    expect((everywhere.address() as AddressInfo).port).toBe(served.port);
    everywhere.close();
    await served.close();
  });

  it('gives pages that are open a moment to fetch what was drawn last', async () => {
    const served = await serve({ directory: folder, port: 0, warn: () => {} });
    const listener = await listenTo(served.url);
    const closing = served.close();
    await listener.ended;
    expect((await fetch(`${served.url}api/runs/a`)).status).toBe(200);
    await closing;
    await expect(fetch(served.url)).rejects.toThrow();
  });

  it('answers what fails in it with 500, warns, and goes on', async () => {
    const warnings: string[] = [];
    const metrics = () => Promise.reject(new Error('a secret of the machine'));
    const served = await serve({
      directory: folder,
      port: 0,
      metrics,
      warn: (message) => warnings.push(message),
    });
    const answer = await fetch(`${served.url}metrics`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
    expect(warnings).toEqual(['a request failed: Error: a secret of the machine']);
    expect((await fetch(`${served.url}healthz`)).status).toBe(200);
    await served.close();
  });
});
