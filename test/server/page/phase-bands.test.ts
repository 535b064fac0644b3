import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Served } from '../../../src/server/index.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { figure, opened, served, text } from '../../support/live-page.ts';
import { madeUpRun } from '../../support/made-up-run.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();
const at = '2026-01-01T00:00:00.000Z';

let browser: Browser;
let server: Served | undefined;

beforeAll(async () => {
  if (hasBrowser) browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const phase = (index: number, name: string, number: number, steps?: number) => ({
  ...{ at, kind: 'phase', index, name, number, of: 3, step: 0, players: ['critic', 'generator'] },
  ...(steps !== undefined && { steps }),
});

/** The commonest opacity, of 255, of the first chart's background within shares of its width. */
const opacity = (page: Page, from: number, to: number) =>
  page.evaluate(`(() => {
    const over = document.querySelector('.u-over')?.getBoundingClientRect();
    const canvas = document.querySelector('.chart canvas');
    if (!over || !canvas) return -1;
    const { left, top, width } = canvas.getBoundingClientRect();
    const scale = canvas.width / width;
    const x = (over.left - left + ${from} * over.width) * scale;
    const size = [${to - from} * over.width * scale, over.height * scale].map(Math.floor);
    const { data } = canvas.getContext('2d').getImageData(x, (over.top - top) * scale, ...size);
    const counts = new Map();
    for (let i = 3; i < data.length; i += 4) counts.set(data[i], (counts.get(data[i]) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1])[0][0];
  })()`) as Promise<number>;

describe.skipIf(!hasBrowser)('the phases of a run on the live page', () => {
  it('are bands behind the curves, a figure, and lines of what happened', async () => {
    const directory = madeUpRun(join(folder, 'run'), {
      done: 300,
      steps: 400,
      lock: process.pid,
      events: [
        phase(0, 'reader', 0, 100),
        { at, kind: 'first-step', index: 1, player: 'critic', seconds: 0.41 },
        phase(100, 'stage I', 1, 100),
        phase(200, 'stage II', 2),
      ],
    });
    server = await served({ directory, live: {} });
    server.live!.onEvent({ kind: 'started', index: 300, steps: 400 });
    const { page, wrong } = await opened(browser, server.url);
    await expect.poll(() => figure(page, 'Phase 3 of 3')).toBe('stage II');
    await expect.poll(() => text(page, '#happened')).toContain('Phase stage I, 2 of 3');
    await expect
      .poll(() => text(page, '#happened'))
      .toContain('First step of critic: 410 ms, compiling included');
    await expect.poll(() => opacity(page, 0.4, 0.6)).toBeGreaterThan(0);
    await expect.poll(() => opacity(page, 0.05, 0.28)).toBe(0);
    await expect.poll(() => opacity(page, 0.72, 0.95)).toBe(0);
    expect(wrong).toEqual([]);
  });
});
