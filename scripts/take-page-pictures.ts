// Takes the pictures of docs/live-page.md from real runs in a real browser: npm run page-pictures
// [-- NAME...]
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const project = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'weir-pictures-'));
const children: ChildProcess[] = [];
const names = process.argv.slice(2);
const isWanted = (name: string) => names.length === 0 || names.includes(name);

/** Starts the command line in the folder of the runs. */
function weir(...args: string[]): ChildProcess {
  const command = ['--import', 'tsx', join(project, 'src/cli/main.ts'), ...args];
  const child = spawn(process.execPath, command, {
    cwd: project,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.push(child);
  return child;
}

const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));
const out = (name: string) => ['--out', join(folder, name)];

/** Waits until a run has done so many steps. */
async function reached(url: string, run: string, steps: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}api/runs`).catch(() => undefined);
    const { runs = [] } =
      ((await answer?.json()) as { runs?: { id: string; done: number }[] } | undefined) ?? {};
    if ((runs.find(({ id }) => id === run)?.done ?? 0) >= steps) return;
    await sleep(500);
  }
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });

/** Opens a page, waits for its figures and curves, and writes docs/live-page-NAME.png. */
async function picture(
  name: string,
  url: string,
  options: BrowserContextOptions,
  before: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<void> {
  if (!isWanted(name)) return;
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(url);
  await page.waitForSelector('.figure');
  // A phone draws its curves when they are scrolled to.
  if (options.viewport!.width > 600) await page.waitForSelector('canvas');
  await sleep(4_000); // rates are those of the last ten seconds, curves are drawn once a frame
  await before(page);
  await sleep(1_500);
  await page.screenshot({ path: join(project, `docs/live-page-${name}.png`) });
  await page.context().close();
}

const scrollTo = (heading: string) => (page: Page) =>
  page
    .getByRole('heading', { name: heading })
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'start' }));

try {
  const common = ['train', 'wgan-gp', '--data', 'grid25', '--quiet', '--seed', '7'];
  const slow = ['--set', 'critic-rate=1e-3', '--set', 'generator-rate=1e-3', '--evaluate-every', '500'];
  await ended(weir(...common, '--steps', '3000', ...slow, '--no-serve', ...out('slower-rates')));
  const url = 'http://127.0.0.1:19464/';
  const live = ['--steps', '14000', '--checkpoint-every', '500', '--evaluate-every', '500'];
  const training = weir(...common, ...live, '--port', '19464', ...out('grid25'));
  await reached(url, 'grid25', 6_000);
  const desk = { viewport: { width: 1440, height: 1180 } };
  await picture('light', url, { ...desk, colorScheme: 'light' });
  await picture('dark', url, { ...desk, colorScheme: 'dark' });
  const low = { viewport: { width: 1440, height: 1000 }, colorScheme: 'light' } as const;
  await picture('samples', url, low, scrollTo('Samples'));
  await picture('compare', `${url}?run=grid25&over=slower-rates`, low);
  const phone = {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    colorScheme: 'light',
  } as const;
  await picture('phone', url, phone);
  training.kill('SIGTERM');
  await ended(training);

  const agent = weir(
    'train',
    'cart-pole-dqn',
    '--steps',
    '4000',
    '--evaluate-every',
    '400',
    '--episodes',
    '20',
    '--quiet',
    '--seed',
    '1',
    '--port',
    '19465',
    ...out('cart-pole'),
  );
  const agentUrl = 'http://127.0.0.1:19465/';
  await reached(agentUrl, 'cart-pole', 2_500);
  await picture('agent', `${agentUrl}?run=cart-pole`, { ...desk, colorScheme: 'light' });
  agent.kill('SIGTERM');
  await ended(agent);
} finally {
  await browser.close();
  for (const child of children.filter(({ exitCode, signalCode }) => (exitCode ?? signalCode) === null)) {
    child.kill('SIGTERM');
    await ended(child);
  }
  rmSync(folder, { recursive: true, force: true });
}
