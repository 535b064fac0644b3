import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Whether a browser is there to drive. */
export const hasBrowser = existsSync(executablePath);

/** Starts a browser that talks to nobody but the pages that it is given. */
export function openBrowser(): Promise<Browser> {
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args });
}

/**
 * A page, and what went wrong in it: errors of its console, requests that failed, and requests to
 * anywhere else.
 */
export interface Watched {
  readonly page: Page;
  readonly wrong: string[];
}

/** Opens an empty page and watches it. */
export async function watchedPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const page = await (await browser.newContext(options)).newPage();
  // A browser on a busy machine may take its time; what must be fast is measured.
  page.setDefaultTimeout(300_000);
  const wrong: string[] = [];
  page.on('console', (message) => message.type() === 'error' && wrong.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => wrong.push(`failed: ${request.url()}`));
  page.on(
    'response',
    (answer) => answer.status() >= 400 && wrong.push(`${answer.status()}: ${answer.url()}`),
  );
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol === 'http:' && hostname !== '127.0.0.1') wrong.push(`foreign: ${request.url()}`);
  });
  return { page, wrong };
}
