import type { Browser, Page } from 'playwright-core';
import { type Served, serve } from '../../src/server/index.ts';
import { type Watched, watchedPage } from './browser.ts';

/** Serves on a free port; what goes wrong is printed. */
export function served(options: Omit<Parameters<typeof serve>[0], 'warn' | 'port'>): Promise<Served> {
  return serve({ ...options, port: 0, warn: (message) => console.warn(message) });
}

/** Opens the live page and waits for its figures. */
export async function opened(
  browser: Browser,
  url: string,
  options?: Parameters<typeof watchedPage>[1],
): Promise<Watched> {
  const watched = await watchedPage(browser, options);
  await watched.page.goto(url);
  await watched.page.waitForSelector('.figure');
  return watched;
}

/** The text of the first element that fits. */
export const text = (page: Page, selector: string) => page.locator(selector).first().innerText();

/** A figure at the top of the page, by its name. */
export const figure = (page: Page, name: string) =>
  page
    .locator('.figure', { has: page.locator(`span:text-is("${name}")`) })
    .locator('b')
    .first()
    .innerText();

/** Waits until something is so. */
export async function until(so: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await so())) await new Promise((resolve) => setTimeout(resolve, 50));
}
