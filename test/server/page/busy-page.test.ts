import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Served } from '../../../src/server/index.ts';
import { hasBrowser, openBrowser, watchedPage } from '../../support/browser.ts';
import { figure, served, text, until } from '../../support/live-page.ts';
import { madeUpRun } from '../../support/made-up-run.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();
let browser: Browser;
const servers: Served[] = [];

beforeAll(async () => {
  if (hasBrowser) browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await Promise.all(servers.map((server) => server.close()));
});

async function started(name: string, live: object) {
  const directory = madeUpRun(join(folder, name, 'run'), { done: 2, steps: 9999, lock: process.pid });
  const server = await served({ directory, live });
  servers.push(server);
  server.live!.onEvent({ kind: 'started', index: 2, steps: 9999 });
  return server;
}

/** Counts the frames of a page, and how often each of its charts is drawn. */
const counting = `
  window.counted = { frames: 0, draws: new Map() };
  let last = -1;
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (paint) => frame((time) => {
    if (time !== last) window.counted.frames++;
    last = time;
    paint(time);
  });
  const { prototype } = CanvasRenderingContext2D;
  const clear = prototype.clearRect;
  prototype.clearRect = function (...area) {
    const { draws } = window.counted;
    draws.set(this.canvas, (draws.get(this.canvas) ?? 0) + 1);
    return clear.apply(this, area);
  };`;

async function counted(page: Page): Promise<{ frames: number; draws: number }> {
  const { frames, draws } = (await page.evaluate(
    '({ frames: counted.frames, draws: [...counted.draws.values()] })',
  )) as { frames: number; draws: number[] };
  return { frames, draws: Math.max(...draws) };
}

const step = (index: number) => ({ index, player: 'critic', seconds: 0.01, loss: index });

describe.skipIf(!hasBrowser)('a page that is told more than it can draw', () => {
  it('draws no chart more often than there are frames, and shows the last step', async () => {
    const { url } = await started('flood', {});
    const { page, wrong } = await watchedPage(browser);
    await page.addInitScript(counting);
    const batches = 400;
    let answered = false;
    await page.route(/\/events\?/, async (route) => {
      const [, epoch, seq] = /after=(\w+)-(\d+)/.exec(route.request().url())!;
      const batch = (i: number) => ({
        epoch,
        from: Number(seq) + i,
        to: Number(seq) + i + 1,
        version: 1000 + i,
        events: [{ run: 'run', step: step(2 + i) }],
        status: { run: { state: 'running', done: 3 + i, stages: [] } },
      });
      const all = Array.from({ length: batches }, (_, i) => `data: ${JSON.stringify(batch(i))}\n\n`);
      const body = answered ? '' : all.join('');
      answered = true;
      await route.fulfill({ headers: { 'content-type': 'text/event-stream' }, body });
    });
    await page.goto(url);
    await until(async () => (await page.locator('.figure').count()) > 0);
    await until(async () => (await figure(page, 'Steps')) === String(2 + batches));
    await page.locator('#smooth').fill('0');
    await until(async () => (await text(page, '.legend output')) === String(1 + batches));
    const { frames, draws } = await counted(page);
    expect(draws).toBeGreaterThan(0);
    expect(draws).toBeLessThanOrEqual(frames);
    expect(wrong).toEqual([]);
  });

  it('stays live where its processor is six times slower', async () => {
    const { url, live } = await started('slow', {});
    const { page, wrong } = await watchedPage(browser);
    await page.addInitScript(counting);
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    await page.goto(url);
    await until(async () => (await page.locator('.figure').count()) > 0);
    let index = 2;
    const told = () => {
      for (let i = 0; i < 100; i++, index++) {
        const player = index % 2 === 0 ? 'critic' : 'generator';
        const values = { loss: index, penalty: 1, wasserstein: 2, gradientNorm: 3, realScore: 4 };
        live!.onStep({ index, player, seconds: 0.001, values });
      }
    };
    // A batch after the other, each of which the page has shown something of before the last one is
    // told.
    for (let round = 0; round < 20; round++) {
      told();
      await new Promise((resolve) => setTimeout(resolve, 260));
    }
    await until(async () => (await figure(page, 'Steps')) === (2002).toLocaleString('en'));
    const { frames, draws } = await counted(page);
    expect(draws).toBeLessThanOrEqual(frames);
    expect(wrong).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('the page of a script', () => {
  it('runs from the first event, though nobody says that it starts, and has a rate', async () => {
    const server = await served({ directory: join(folder, 'script', 'mine'), live: {} });
    servers.push(server);
    const { page, wrong } = await watchedPage(browser);
    await page.goto(server.url);
    let index = 0;
    const going = setInterval(() => {
      server.live!.onStep({ index, player: 'critic', seconds: 0.01, values: { loss: index } });
      index++;
    }, 10);
    try {
      await until(async () => (await text(page, '#state')) === 'running');
      await until(async () => /^[1-9]/.test(await figure(page, 'Rate')));
      await until(async () => Number(await figure(page, 'Steps')) > 10);
      await until(async () => (await page.locator('.legend output').count()) > 0);
    } finally {
      clearInterval(going);
    }
    expect(wrong).toEqual([]);
  });
});
