// Draws the boards with Grafana's own packages over a real Prometheus that scrapes real runs:
// npm run dashboards:preview -- [--minutes 6] [--prometheus URL] [--out docs/boards] [--more] [BOARD...]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from '../../test/support/browser.ts';
import { freePort } from '../../test/support/ports.ts';
import { boards as described } from '../source/boards.ts';
import { watchRuns } from './runs.ts';
import { shots } from './shots.ts';

const project = join(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '6' },
    prometheus: { type: 'string' },
    out: { type: 'string', default: join(project, 'docs/boards') },
    more: { type: 'boolean', default: false },
    themes: { type: 'string', default: 'light,dark' },
  },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new RangeError(`--minutes: expected a positive number, got ${values.minutes}`);
interface Vite {
  createServer(options: object): Promise<{
    listen(port: number): Promise<unknown>;
    close(): Promise<void>;
    readonly resolvedUrls: { readonly local: readonly string[] };
  }>;
}

/** The page, the boards, and what it asks Prometheus. Grafana's packages are installed apart. */
async function serve(prometheus: string) {
  const packages = createRequire(join(import.meta.dirname, 'package.json'));
  const { createServer } = (await import(packages.resolve('vite'))) as Vite;
  const server = await createServer({
    configFile: join(import.meta.dirname, 'vite.config.js'),
    root: join(import.meta.dirname, 'app'),
    logLevel: 'warn',
    publicDir: join(project, 'dashboards'),
    server: { host: '127.0.0.1', proxy: { '/api': prometheus }, hmr: false, watch: null },
  });
  await server.listen(await freePort());
  return { url: server.resolvedUrls.local[0]!, close: () => server.close() };
}

const folder = mkdtempSync(join(tmpdir(), 'weir-boards-'));
const watched = values.prometheus === undefined ? await watchRuns(folder, minutes) : undefined;
const server = await serve(watched?.url ?? values.prometheus!);
const browser = await openBrowser();
try {
  mkdirSync(values.out, { recursive: true });
  const to = Math.floor(Date.now() / 1000) * 1000;
  const from = to - minutes * 60_000;
  const wanted = positionals.length > 0 ? positionals : described.map(({ name }) => name);
  for (const board of wanted)
    for (const { file, query } of shots(board, values.more))
      for (const theme of values.themes.split(',')) {
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        page.on('pageerror', (error) => console.error(`${board}: ${error.message}`));
        const parameters = new URLSearchParams({
          board,
          theme,
          from: String(from),
          to: String(to),
          ...query,
        });
        await page.goto(`${server.url}?${parameters}`);
        const drawn = await page.waitForFunction('window.drawn', undefined, { timeout: 120_000 });
        const { panels, empty, failed } = (await drawn.jsonValue()) as Record<string, string[]>;
        const path = resolve(values.out, `${file}-${theme}.png`);
        await page.screenshot({ path, fullPage: true });
        console.log(
          `${path}: ${panels} panels, ${empty!.length} empty${empty!.map((title) => `\n  ${title}`).join('')}`,
        );
        for (const failure of failed!) console.error(`  failed: ${failure}`);
        if (failed!.length > 0) process.exitCode = 1;
        await page.close();
      }
} finally {
  await browser.close();
  await server.close();
  await watched?.close();
  rmSync(folder, { recursive: true, force: true });
}
