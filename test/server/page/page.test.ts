import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/runs/index.ts';
import type { Served } from '../../../src/server/index.ts';
import { hasBrowser, openBrowser, watchedPage } from '../../support/browser.ts';
import { figure, opened as open, served, text, until } from '../../support/live-page.ts';
import { madeUpRun } from '../../support/made-up-run.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();
const at = '2026-01-01T00:00:00.000Z';
if (!hasBrowser) console.info('skipped: there is no /usr/bin/chromium to drive the page with');

let browser: Browser;
const servers: Served[] = [];

beforeAll(async () => {
  if (hasBrowser) browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await Promise.all(servers.map((served) => served.close()));
});

async function started(options: Parameters<typeof served>[0]): Promise<Served> {
  const server = await served(options);
  servers.push(server);
  return server;
}

const opened = (url: string, options?: Parameters<typeof watchedPage>[1]) => open(browser, url, options);

/** Leaves a run as a roll-back does: its log cut, and the event, which it gives back. */
function rolledBack(directory: string, index: number, from: number): RunEvent {
  const log = join(directory, 'log.jsonl');
  truncateSync(log, readFileSync(log, 'utf8').split('\n').slice(0, index).join('\n').length + 1);
  return { kind: 'rollback', index, from, reason: 'NonFiniteValues', factor: 0.5 };
}

/** A step as a run tells it, and as it writes it into its log. */
function learned(directory: string, live: Served['live'], index: number, loss: number): void {
  const [player, seconds] = ['critic', 0.01];
  appendFileSync(join(directory, 'log.jsonl'), `${JSON.stringify({ index, player, seconds, loss })}\n`);
  live!.onStep({ index, player, seconds, values: { loss } });
}

describe.skipIf(!hasBrowser)('the live page', () => {
  it('draws the curves of 100,000 logged steps, and tells how long that took', async () => {
    madeUpRun(join(folder, 'long', 'run'), { done: 100_000, ended: 'finished' });
    const { url } = await started({ directory: join(folder, 'long') });
    const { page, wrong } = await opened(url);
    await page.waitForSelector('.u-over');
    const painted = await page.evaluate(
      `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
    );
    const drawn = await page.evaluate('performance.now()');
    console.info(
      `100,000 steps: first paint after ${painted} ms, curves within ${Math.round(Number(drawn))} ms`,
    );
    await expect.poll(() => figure(page, 'Steps')).toBe('100,000');
    await expect.poll(async () => text(page, '#state')).toBe('finished');
    expect(wrong).toEqual([]);
  });

  it('moves while a run goes on: figures, curves, the rates of the stream, and what happens', async () => {
    const directory = madeUpRun(join(folder, 'live', 'run'), { done: 0, steps: 1000, lock: process.pid });
    const { url, live } = await started({ directory, live: { sides: ['log'] } });
    live!.onEvent({ kind: 'started', index: 0, steps: 1000 });
    const { page, wrong } = await opened(url);
    let index = 0;
    const going = setInterval(() => {
      const player = index % 2 === 0 ? 'critic' : 'generator';
      live!.onStep({ index, player, seconds: 0.01, values: { loss: Math.sin(index / 10) } });
      index++;
    }, 10);
    try {
      await page.waitForSelector('.legend output');
      const seen = async () => [await figure(page, 'Steps'), await text(page, '.legend output')];
      const before = await seen();
      await until(async () => (await seen()).every((value, i) => value !== before[i]));
      await until(async () => /^[1-9]\d*(\.\d+)?\/s$/.test(await text(page, '.learn .rate')));
      await expect
        .poll(async () => page.locator('.stream .box b').allInnerTexts())
        .toEqual(['Pump', 'Schedule', 'Critic', 'Generator', 'Log']);
      await expect.poll(async () => text(page, '.learn em')).toMatch(/\d+ % busy/);
      await expect.poll(async () => text(page, '#state')).toBe('running');
      live!.onEvent({
        kind: 'ended',
        index,
        ended: 'failed',
        error: { code: 'NON_FINITE_LOSS', message: 'not a number' },
      });
      await until(async () => (await text(page, '#state')) === 'failed');
    } finally {
      clearInterval(going);
    }
    expect(wrong).toEqual([]);
  });

  it('goes back with a run that is rolled back', async () => {
    const directory = madeUpRun(join(folder, 'back', 'run'), { done: 500, steps: 1000, lock: process.pid });
    const { url, live } = await started({ directory, live: {} });
    live!.onEvent({ kind: 'started', index: 500, steps: 1000 });
    const { page, wrong } = await opened(url);
    await until(async () => (await figure(page, 'Steps')) === '500');
    const event = rolledBack(directory, 200, 500);
    live!.onEvent(event);
    await until(async () => (await figure(page, 'Steps')) === '200');
    await until(async () => (await text(page, '#happened')).includes('Rolled back'));
    await expect
      .poll(async () => text(page, '#happened'))
      .toContain('Rolled back from step 500, learning rates × 0.5: NonFiniteValues');
    learned(directory, live, 200, 77);
    await until(async () => (await figure(page, 'Steps')) === '201');
    await page.locator('#smooth').fill('0');
    await until(async () => (await text(page, '.legend output')) === '77');
    expect(wrong).toEqual([]);
  });

  it('goes back, too, where an answer of before the roll-back arrives behind it', async () => {
    const directory = madeUpRun(join(folder, 'late', 'run'), { done: 500, steps: 1000, lock: process.pid });
    const { url, live } = await started({ directory, live: {} });
    live!.onEvent({ kind: 'started', index: 500, steps: 1000 });
    const { page, wrong } = await opened(url);
    await until(async () => (await figure(page, 'Steps')) === '500');
    await until(async () => (await text(page, '#happened')).includes('Resumed'));
    // The page reads for a checkpoint, and the answer is on its way while the run goes back.
    const held: (() => Promise<void>)[] = [];
    let holding = true;
    await page.route('**/api/runs/run', async (route) => {
      if (!holding) return route.continue();
      const response = await route.fetch();
      held.push(() => route.fulfill({ response }));
    });
    live!.onEvent({ kind: 'checkpoint', index: 500, path: 'checkpoints/500', seconds: 0.1, bytes: 1 });
    await until(() => held.length > 0);
    const again = page.waitForResponse(/api\/series/);
    live!.onEvent(rolledBack(directory, 200, 500));
    await again;
    await until(async () => (await figure(page, 'Steps')) === '200');
    holding = false;
    for (const release of held) await release();
    await until(async () => (await text(page, '#happened')).includes('Rolled back'));
    learned(directory, live, 200, 77);
    await until(async () => (await figure(page, 'Steps')) === '201');
    await page.locator('#smooth').fill('0');
    await until(async () => (await text(page, '.legend output')) === '77');
    expect(wrong).toEqual([]);
  });

  it('goes back, too, where it has read of that before it is told', async () => {
    const directory = madeUpRun(join(folder, 'read', 'run'), { done: 500, steps: 1000, lock: process.pid });
    const { url, live } = await started({ directory, live: {} });
    live!.onEvent({ kind: 'started', index: 500, steps: 1000 });
    const { page, wrong } = await opened(url);
    learned(directory, live, 500, 3);
    await until(async () => (await figure(page, 'Steps')) === '501');
    // The log is cut a while before the event, and something else lets the page read in between.
    const event = rolledBack(directory, 200, 501);
    live!.onEvent({ kind: 'checkpoint', index: 200, path: 'checkpoints/200', seconds: 0.1, bytes: 1 });
    await until(async () => (await text(page, '#happened')).includes('Checkpoint'));
    await page.evaluate('fetch("/api/series?run=run").then((answer) => answer.text())');
    live!.onEvent(event);
    learned(directory, live, 200, 77);
    await until(async () => (await figure(page, 'Steps')) === '201');
    await page.locator('#smooth').fill('0');
    await until(async () => (await text(page, '.legend output')) === '77');
    expect(wrong).toEqual([]);
  });

  it('draws scores and marks as they are, however smooth the rest', async () => {
    const directory = madeUpRun(join(folder, 'scores', 'run'), { done: 100, ended: 'finished' });
    for (let index = 100; index < 120; index++) {
      const line = { index, player: 'critic', seconds: 0.001, alpha: (index - 99) / 20 };
      appendFileSync(join(directory, 'log.jsonl'), `${JSON.stringify(line)}\n`);
    }
    for (const [index, fid] of [
      [40, 80],
      [80, 10],
    ])
      appendFileSync(
        join(directory, 'events.jsonl'),
        `${JSON.stringify({ at, kind: 'evaluation', index, seconds: 1, values: { fid } })}\n`,
      );
    const { url } = await started({ directory });
    const { page, wrong } = await opened(url);
    const fid = page.locator('.chart', { hasText: 'FID' });
    await fid.scrollIntoViewIfNeeded();
    await until(async () => (await fid.locator('.legend output').innerText()) === '10');
    const alpha = page.locator('.chart', { hasText: /alpha/i });
    await expect.poll(async () => alpha.locator('.legend output').first().innerText()).toBe('1');
    expect(wrong).toEqual([]);
  });

  it('shows older samples when the slider is moved, and plays them', async () => {
    const directory = madeUpRun(join(folder, 'samples', 'run'), {
      done: 400,
      samples: 4,
      ended: 'finished',
    });
    const { url } = await started({ directory });
    const { page, wrong } = await opened(url);
    const shown = async () => (await page.locator('.picture').getAttribute('src'))!.split('?')[0];
    await expect.poll(async () => shown()).toBe('/api/runs/run/samples/step-00000400.png');
    await page.locator('.film input').fill('1');
    await expect.poll(async () => shown()).toBe('/api/runs/run/samples/step-00000200.png');
    await expect.poll(async () => text(page, '.step')).toBe('after step 200');
    await page.locator('.film button').click();
    await until(async () => (await shown()) === '/api/runs/run/samples/step-00000400.png');
    expect(wrong).toEqual([]);
  });

  it('lays runs over each other, smooths, zooms, and changes axis and scale', async () => {
    const runs = join(folder, 'several');
    madeUpRun(join(runs, 'one'), { done: 3000, samples: 2, ended: 'finished' });
    madeUpRun(join(runs, 'two'), { done: 3000, samples: 2, seed: 2, ended: 'stopped' });
    const { url } = await started({ directory: runs });
    const { page, wrong } = await opened(`${url}?run=one`);
    await expect
      .poll(async () => page.locator('.chart').first().locator('.legend > span > span').allInnerTexts())
      .toEqual(['critic', 'generator']);
    await page.locator('#runs input[aria-label="Lay two over"]').check();
    await until(async () => (await page.locator('.chart').first().locator('.legend > span').count()) === 4);
    await expect
      .poll(async () => page.locator('.chart').first().locator('.legend > span > span').allInnerTexts())
      .toContain('two generator');
    await until(async () => (await page.locator('.picture').count()) === 2);
    await until(() => new URL(page.url()).search === '?run=one&over=two');
    const other = await opened(page.url());
    await until(
      async () => (await other.page.locator('.chart').first().locator('.legend > span').count()) === 4,
    );
    await until(async () => (await text(other.page, '#name')) === 'one');
    const laid = other.page.locator('#runs input[aria-label="Lay two over"]');
    await until(() => laid.isChecked());
    await laid.uncheck();
    await until(() => new URL(other.page.url()).search === '?run=one');
    expect(other.wrong).toEqual([]);

    const smoothedTo = () => page.locator('.legend output').first().innerText();
    const before = await smoothedTo();
    await page.locator('#smooth').fill('0');
    await until(async () => (await smoothedTo()) !== before);
    await page.locator('#log').check();
    await page.locator('#by-time').click();
    await expect.poll(async () => page.locator('#by-time').getAttribute('aria-pressed')).toBe('true');
    await page.locator('#by-step').click();

    // Charts are made again in the frames behind a change, so a drag may meet one that goes away.
    await until(async () => {
      const box = await page.locator('.u-over').first().boundingBox();
      if (box === null) return false;
      const middle = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width * 0.4, middle);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.5, middle, { steps: 4 });
      await page.mouse.up();
      return page.locator('#unzoom').isVisible();
    });
    await page.locator('#unzoom').waitFor({ state: 'visible' });
    await page.locator('#unzoom').click();
    await page.locator('#unzoom').waitFor({ state: 'hidden' });
    expect(wrong).toEqual([]);
  });

  it('tells of alerts, scores and why a run ended', async () => {
    const directory = madeUpRun(join(folder, 'told', 'run'), {
      done: 100,
      ended: 'failed',
      events: [
        { at, kind: 'evaluation', index: 50, seconds: 1, values: { fid: 80, modes: 20 } },
        { at, kind: 'evaluation', index: 100, seconds: 1, values: { fid: 90, modes: 25 } },
        {
          at,
          kind: 'alert',
          index: 99,
          rule: 'ModeCollapse',
          severity: 'critical',
          message: '<b>3</b> modes are left',
        },
      ],
    });
    const { url } = await started({ directory });
    const { page, wrong } = await opened(url);
    // Text, not markup.
    await expect
      .poll(async () => text(page, '.alert.critical'))
      .toContain('Mode collapse\n<b>3</b> modes are left');
    await expect
      .poll(async () => page.locator('#scores tbody tr').allInnerTexts())
      .toEqual(['FID\t90\t80 at 50\t', 'Modes\t25\t25 at 100\t']);
    await page.locator('.alert.critical button').first().click();
    await expect.poll(async () => page.locator('.alert', { hasText: 'Mode collapse' }).count()).toBe(0);
    await expect.poll(async () => text(page, '#about')).toContain('Why it ended');
    expect(wrong).toEqual([]);
  });

  it.each([
    ['stopped', 60, ''],
    [undefined, 100, ''],
    ['failed', 100, ''],
    ['finished', 100, ' --steps N'],
  ] as const)('says how to go on with a run that has %s after %i of 100 steps', async (ended, done, more) => {
    const runs = join(folder, `on-${ended}-${done}`);
    const directory = madeUpRun(join(runs, 'run'), { done, steps: 100, ...(ended && { ended }) });
    const { url } = await started({ directory: runs });
    const { page, wrong } = await opened(url);
    await expect.poll(() => text(page, '#about .command')).toBe(`weir resume ${directory}${more}`);
    expect(wrong).toEqual([]);
  });

  it('shows an agent as well: returns first, and pictures of each kind', async () => {
    const { writeFileSync, copyFileSync } = await import('node:fs');
    const directory = madeUpRun(join(folder, 'agent', 'run'), { done: 10, samples: 1, ended: 'finished' });
    const line = (index: number) =>
      JSON.stringify({
        index,
        player: 'agent',
        seconds: 0.01,
        return: -200 + index,
        length: 200 - index,
        epsilon: 1 - index / 100,
      });
    writeFileSync(
      join(directory, 'log.jsonl'),
      `${Array.from({ length: 50 }, (_, i) => line(i)).join('\n')}\n`,
    );
    const picture = join(directory, 'samples', 'step-00000010.png');
    copyFileSync(picture, join(directory, 'samples', 'value-00000010.png'));
    const { url } = await started({ directory });
    const { page, wrong } = await opened(url);
    // The page asks for the series after it has been loaded.
    await expect
      .poll(async () => (await page.locator('.chart figcaption > b').allInnerTexts()).slice(0, 3))
      .toEqual(['Return', 'Length', 'Epsilon']);
    await expect.poll(() => figure(page, 'Return')).toBe('-151');
    await page.getByRole('button', { name: 'Value' }).click();
    await expect
      .poll(async () => page.locator('.picture').getAttribute('src'))
      .toContain('value-00000010.png');
    expect(wrong).toEqual([]);
  });

  it('fits a phone, and is dark where the system is', async () => {
    const directory = madeUpRun(join(folder, 'phone', 'run'), { done: 300, samples: 2, ended: 'finished' });
    const { url } = await started({ directory });
    const { page, wrong } = await opened(url, { viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    await expect.poll(async () => page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await expect.poll(ground).toBe('rgb(14, 20, 24)');
    await page.locator('#theme').click();
    await expect.poll(ground).toBe('rgb(243, 246, 247)');
    expect(wrong).toEqual([]);
  });

  it.each([
    [360, 'dark'],
    [768, 'light'],
    [1280, 'dark'],
    [1920, 'light'],
  ] as const)(
    'lets nothing stick out of its card at %i pixels, however long it is',
    async (width, colorScheme) => {
      const runs = join(folder, `wide-${width}`, 'a-folder-whose-path-is-rather-long', 'x'.repeat(60));
      const name = 'garments-with-a-name-that-says-much-about-them-2026';
      const directory = madeUpRun(join(runs, name), { done: 159, steps: 100_000, lock: process.pid });
      madeUpRun(join(runs, 'other'), { done: 10, ended: 'stopped' });
      let seconds = 0;
      const { url, live } = await started({
        directory,
        live: { sides: ['log', 'progress', 'metrics', 'page'], busy: () => (seconds += 0.001) },
      });
      live!.onEvent({ kind: 'started', index: 159, steps: 100_000 });
      live!.onEvent({ kind: 'checkpoint', index: 159, path: 'x', seconds: 0.1, bytes: 1 });
      const { page, wrong } = await opened(url, { viewport: { width, height: 900 }, colorScheme });
      let index = 159;
      const going = setInterval(() => {
        const player = index % 2 === 0 ? 'critic' : 'generator';
        live!.onStep({ index, player, seconds: 0.01, values: { loss: index, realAccuracy: 0.5 } });
        index++;
      }, 10);
      try {
        await until(async () => /min|h/.test(await figure(page, 'Time left')));
        await until(async () => / busy$/.test(await text(page, '.source em')));
        await expect.poll(async () => page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        const beyond = () =>
          page.evaluate(`[...document.querySelectorAll('.card, .box')].flatMap((card) => {
        const { right } = card.getBoundingClientRect();
        return [...card.querySelectorAll('*')]
          .filter((inner) => !inner.closest('.scroll, .runs, .plot') && inner.getBoundingClientRect().width > 0)
          .filter((inner) => inner.getBoundingClientRect().right > right + 1)
          .map((inner) => card.className + ': ' + inner.textContent);
      })`);
        await expect.poll(beyond).toEqual([]);
        const cut = () =>
          page.evaluate(`[...document.querySelectorAll('.figure b, .figure small, .box *')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
        .map((one) => one.textContent)`);
        await expect.poll(cut).toEqual([]);
      } finally {
        clearInterval(going);
      }
      expect(wrong).toEqual([]);
    },
  );

  it('says that nothing is there yet, and shows the first run when it comes', async () => {
    const runs = join(folder, 'empty');
    madeUpRun(join(runs, 'run'), { done: 0, lock: process.pid });
    const { url } = await started({ directory: runs });
    const { page, wrong } = await watchedPage(browser);
    await page.goto(url);
    await page.waitForSelector('#curves .empty');
    await expect.poll(async () => text(page, '#curves')).toBe('No step has been logged yet.');
    await expect
      .poll(async () => text(page, '#samples'))
      .toContain('Pictures appear here with each checkpoint.');
    expect(wrong).toEqual([]);
  });
});
