import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyOf, type Value } from '../../../src/engine/index.ts';
import { ExportError, exportPage, requirePageFolder, writePage } from '../../../src/export/index.ts';
import { type LoadedAgent, type LoadedGan, loadRun } from '../../../src/runs/index.ts';
import { hasBrowser, openBrowser, watchedPage } from '../../support/browser.ts';
import { recordTiny } from '../../support/tiny-runs.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();
if (!hasBrowser) console.info('chromium is not here: exported pages are not opened');

async function pageOf(name: string, tiny: Parameters<typeof recordTiny>[1]) {
  const dir = join(root, name);
  await recordTiny(dir, tiny, 'wasm');
  const run = (await loadRun(dir)) as LoadedGan | LoadedAgent;
  const page = await exportPage(run);
  const folder = join(root, `${name}-page`);
  writePage(folder, page);
  return { run, page, folder };
}

/** Any static host. */
async function staticHost(): Promise<Server> {
  const types: Readonly<Record<string, string>> = {
    html: 'text/html',
    js: 'text/javascript',
    css: 'text/css',
  };
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    const file = join(root, pathname);
    response.setHeader('content-type', types[pathname.split('.').at(-1)!] ?? 'text/plain');
    response.writeHead(existsSync(file) ? 200 : 404).end(existsSync(file) ? readFileSync(file) : '');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

/** The outputs of the model in the page, for inputs of ours. */
function runIn(page: Page, inputs: Readonly<Record<string, Value>>) {
  const plain = Object.entries(inputs).map(([name, { dtype, data, shape }]) => [
    name,
    dtype,
    [...data],
    [...shape],
  ]);
  return page.evaluate<Record<string, number[]>>(`(async () => {
    const feeds = Object.fromEntries(${JSON.stringify(plain)}.map(([name, dtype, data, shape]) => [
      name,
      { data: dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data), shape },
    ]));
    const outputs = await weirPage.run(feeds);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { data }]) => [name, Array.from(data, Number)]),
    );
  })()`);
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(
    ...Array.from(a, (x, i) => Math.abs(x - b[i]!)),
    a.length === b.length ? 0 : Number.POSITIVE_INFINITY,
  );

/** The pixels of a canvas as text. */
const pixels = (page: Page, at = 0) =>
  page.evaluate<string>(`document.querySelectorAll('canvas')[${at}].toDataURL()`);

describe('a page', () => {
  let made: Awaited<ReturnType<typeof pageOf>>;
  beforeAll(async () => {
    made = await pageOf('points', { recipe: 'wgan-gp' });
  });

  it('is under 15 MB without its model, in a few files', () => {
    expect(Object.keys(made.page.files).sort()).toEqual(readdirSync(made.folder).sort());
    expect(made.page.bytes).toBeLessThan(15e6);
    expect(made.page.bytes).toBe(
      readdirSync(made.folder)
        .filter((name) => name !== 'model.js')
        .reduce((sum, name) => sum + readFileSync(join(made.folder, name)).length, 0),
    );
  });

  it('replaces an earlier one, and refuses a folder that holds anything else', () => {
    writePage(made.folder, made.page);
    const other = join(root, 'other');
    mkdirSync(other);
    expect(() => requirePageFolder(other, '--web')).not.toThrow();
    writeFileSync(join(other, 'thesis.txt'), '');
    expect(() => writePage(other, made.page, '--web')).toThrow(ExportError);
    expect(() => writePage(other, made.page, '--web')).toThrow(
      `--web: expected a new or empty folder, or one with a page of weir export, got ${other}, which holds thesis.txt`,
    );
    const site = join(root, 'site');
    mkdirSync(site);
    writeFileSync(join(site, 'index.html'), '<h1>My page</h1>');
    expect(() => requirePageFolder(site, '--web')).toThrow('which holds another index.html');
    expect(() => requirePageFolder(join(site, 'index.html'), '--web')).toThrow('which is a file');
  });

  it('is there for what samples or acts', async () => {
    await expect(exportPage(made.run, { what: 'critic' })).rejects.toThrow(
      'what: expected generator, policy or q for a page, got critic',
    );
  });
});

describe.skipIf(!hasBrowser)('an exported page in Chromium', () => {
  let browser: Browser;
  let host: Server;
  beforeAll(async () => {
    browser = await openBrowser();
    host = await staticHost();
  });
  afterAll(async () => {
    await browser?.close();
    host?.close();
  });

  async function open(folder: string, { http = false, viewport = { width: 1200, height: 900 } } = {}) {
    const { page, wrong } = await watchedPage(browser, { viewport });
    const file = join(folder, 'index.html');
    const address = `http://127.0.0.1:${(host.address() as AddressInfo).port}${file.slice(root.length)}`;
    await page.goto(http ? address : pathToFileURL(file).href);
    await page.locator('main').waitFor({ state: 'visible' });
    await expect
      .poll(() => page.evaluate<number>("document.querySelector('canvas').width"))
      .toBeGreaterThan(0);
    return { page, wrong };
  }

  it('samples as the engine does, from a file and from a host; sliders, classes, grid and walk', async () => {
    const { run, folder } = await pageOf('images', { recipe: 'cgan', data: 'shapes:16' });
    const { trainer } = run as LoadedGan;
    const inputs = trainer.system.samplerInputs(3, keyOf(9, 'page')) as Record<string, Value>;
    const { data: expected } = await trainer.sampleFrom(inputs);
    for (const http of [false, true]) {
      const { page, wrong } = await open(folder, { http });
      expect(await page.evaluate('weirPage.difference')).toBeLessThanOrEqual(1e-5);
      const { samples } = await runIn(page, inputs);
      expect(distance(samples!, expected)).toBeLessThanOrEqual(1e-5);
      const first = await pixels(page);
      await page.getByLabel('direction 1').fill('3');
      await expect.poll(() => pixels(page)).not.toBe(first);
      await page.getByRole('button', { name: 'Sliders to 0' }).click();
      await expect.poll(() => pixels(page)).toBe(first);
      await page.getByLabel('class').selectOption({ index: 3 });
      await expect.poll(() => pixels(page)).not.toBe(first);
      const ofClass = await pixels(page);
      await page.getByLabel('share of the second').fill('1');
      await expect.poll(() => pixels(page)).not.toBe(ofClass);
      const grid = await pixels(page, 1);
      await page.getByRole('button', { name: 'New samples' }).click();
      await expect.poll(() => pixels(page, 1)).not.toBe(grid);
      const before = await pixels(page);
      await page.getByRole('button', { name: 'Play' }).click();
      await expect.poll(() => pixels(page)).not.toBe(before);
      await page.getByRole('button', { name: 'Pause' }).click();
      expect(wrong).toEqual([]);
      await page.context().close();
    }
  });

  it('fits a phone', async () => {
    const { folder } = await pageOf('phone', { recipe: 'wgan-gp' });
    const { page, wrong } = await open(folder, { viewport: { width: 360, height: 740 } });
    const cut = () =>
      page.evaluate<string[]>(`[...document.querySelectorAll('body *')]
        .filter((element) => {
          const { right, left } = element.getBoundingClientRect();
          return right > innerWidth + 0.5 || left < -0.5;
        })
        .map(({ tagName, textContent }) => tagName + ' ' + textContent)`);
    await expect.poll(cut).toEqual([]);
    await expect.poll(() => page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
    const before = await pixels(page);
    await page.getByLabel('noise 1').fill('2');
    await expect.poll(() => pixels(page)).not.toBe(before);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it('takes captions in the words of the data', async () => {
    const { folder } = await pageOf('text', {
      recipe: 'text-gan',
      data: 'shapes:16',
      set: { 'reader-steps': 1 },
    });
    const { page, wrong } = await open(folder, { viewport: { width: 360, height: 740 } });
    const first = await pixels(page);
    await expect.poll(() => page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
    await page.getByLabel('or your own words').fill('a large red circle');
    await page.getByLabel('or your own words').blur();
    await expect.poll(() => pixels(page)).not.toBe(first);
    await page.getByLabel('or your own words').fill('a large red elephant');
    await page.getByLabel('or your own words').blur();
    await expect.poll(() => page.getByText('Unknown: elephant.').count()).toBe(1);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it('starts with the source picture of a run from images to images', async () => {
    const { folder } = await pageOf('pairs', { recipe: 'pix2pix' });
    const { page, wrong } = await open(folder);
    await expect.poll(() => page.evaluate<number>("document.querySelectorAll('canvas').length")).toBe(3);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it.each(['cart-pole-ppo', 'pendulum-ppo', 'frozen-lake-q', 'cart-pole-dqn'])(
    'shows what %s does',
    async (recipe) => {
      const { folder } = await pageOf(recipe, { recipe });
      const { page, wrong } = await open(folder);
      expect(await page.evaluate('weirPage.difference')).toBeLessThanOrEqual(1e-5);
      const bars = (what: 'shown' | 'action') =>
        page.evaluate<number>(`Number(document.querySelector('.bar').parentElement.dataset.${what})`);
      const before = await bars('shown');
      await page.getByRole('slider').first().fill('1');
      await expect.poll(() => bars('shown')).toBeGreaterThan(before);
      const frame = () => page.evaluate<number>("Number(document.querySelector('canvas').dataset.frame)");
      await page.getByRole('button', { name: 'Play' }).click();
      await expect.poll(frame).toBeGreaterThan(1);
      await page.getByRole('button', { name: 'Pause' }).click();
      // At each step of the episode, the page acts as the agent did.
      const episode = await page.evaluate<(number | number[])[]>('weirModel.agent.actions');
      const taken = async () => Math.abs((await bars('action')) - [episode[await frame()]].flat()[0]!);
      await expect.poll(taken).toBeLessThan(1e-4);
      expect(wrong).toEqual([]);
      await page.context().close();
    },
  );
});
