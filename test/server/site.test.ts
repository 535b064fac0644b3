import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serve } from '../../src/server/index.ts';
import { madeUpRun } from '../support/made-up-run.ts';
import { scratchFolder } from '../support/weir.ts';

const folder = scratchFolder();
madeUpRun(join(folder, 'a'), { done: 10, samples: 1, ended: 'finished' });
const warn = () => {};

async function withServer(options: object, use: (url: string) => Promise<void>): Promise<void> {
  const served = await serve({ directory: folder, port: 0, warn, ...options });
  try {
    await use(served.url);
  } finally {
    await served.close();
  }
}

const status = async (url: string) => (await fetch(url)).status;

describe('the site', () => {
  it('is healthy and ready where it shows runs of others', async () => {
    await withServer({}, async (url) => {
      expect(await (await fetch(`${url}healthz`)).text()).toBe('alive\n');
      expect(await status(`${url}readyz`)).toBe(200);
      expect(await status(`${url}metrics`)).toBe(404);
      expect(await status(`${url}control`)).toBe(404);
    });
  });

  it('is ready from the first step of its run to the last', async () => {
    const served = await serve({ directory: join(folder, 'new'), live: {}, port: 0, warn });
    expect(await status(`${served.url}readyz`)).toBe(503);
    served.live!.onEvent({ kind: 'started', index: 0, steps: 1 });
    expect(await status(`${served.url}readyz`)).toBe(200);
    served.live!.onEvent({ kind: 'ended', index: 1, ended: 'finished' });
    expect(await status(`${served.url}readyz`)).toBe(503);
    expect(await status(`${served.url}healthz`)).toBe(200);
    await served.close();
  });

  it('renders metrics once for scrapes at the same time, in the format that was asked for', async () => {
    let [rendered, asked] = [0, 0];
    const ask = () => {
      asked++;
    };
    subscribe('http.server.request.start', ask);
    onTestFinished(() => void unsubscribe('http.server.request.start', ask));
    const metrics = async (accept: string) => {
      rendered++;
      while (asked < 2) await new Promise(setImmediate);
      return { contentType: 'text/plain; version=0.0.4', body: `# ${accept}\n` };
    };
    await withServer({ metrics }, async (url) => {
      const scrape = () => fetch(`${url}metrics`, { headers: { accept: 'text/plain' } });
      const [first, second] = await Promise.all([scrape(), scrape()]);
      expect(await first.text()).toBe('# text/plain\n');
      expect(await second.text()).toBe('# text/plain\n');
      expect(first.headers.get('content-type')).toBe('text/plain; version=0.0.4');
      expect(rendered).toBe(1);
      await scrape();
      expect(rendered).toBe(2);
    });
  });
});
