// How long a scrape of /metrics waits while a run trains, beside the longest step of that run. Run
// it with `npx tsx bench/scrapes.ts`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { markdown } from './table.ts';

/** What scrapers of one run had to wait, in milliseconds, in ascending order. */
export interface ScrapesRow {
  readonly run: string;
  readonly connection: string;
  readonly waits: readonly number[];
  /** The longest step of the run, in milliseconds. */
  readonly longestStep: number;
}

const runs: Readonly<Record<string, readonly string[]>> = {
  'WGAN-GP 3x64 on points': ['wgan-gp'],
  'WGAN-GP on images of 32x32': ['wgan-gp', '--data', 'shapes'],
};

/** Steps before the first scrape: compiling is no step. */
const warmUp = 20;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

function scrape(port: number, agent: Agent): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/metrics', agent }, (answer) => {
      answer.resume().on('end', () => resolve(performance.now() - began));
    }).on('error', reject);
  });
}

/** Steps that the log of a run knows. */
function stepsIn(log: string): number[] {
  try {
    const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => 1000 * (JSON.parse(line) as { seconds: number }).seconds);
  } catch {
    return [];
  }
}

async function scraped(run: string, args: readonly string[], count: number): Promise<ScrapesRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  const [out, port] = [join(folder, 'run'), await freePort()];
  const log = join(out, 'log.jsonl');
  const place = [
    '--out',
    out,
    '--port',
    String(port),
    '--steps',
    '1000000000',
    '--log-every',
    '1',
    '--quiet',
  ];
  const entry = join(import.meta.dirname, '../src/cli/main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', entry, 'train', ...args, ...place], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    while (stepsIn(log).length < warmUp) await setTimeout(100);
    const found: { connection: string; waits: number[] }[] = [];
    for (const [connection, keepAlive] of [
      ['kept', true],
      ['new each time', false],
    ] as const) {
      const agent = new Agent({ keepAlive, maxSockets: 1 });
      const waits: number[] = [];
      for (let i = 0; i < count; i++) {
        waits.push(await scrape(port, agent));
        await setTimeout(50 + 7 * (i % 20));
      }
      agent.destroy();
      found.push({ connection, waits: waits.sort((a, b) => a - b) });
    }
    child.kill('SIGTERM');
    await once(child, 'close');
    const longestStep = Math.max(...stepsIn(log).slice(warmUp));
    return found.map((waits) => ({ run, longestStep, ...waits }));
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

/** @param options.count scrapes of each kind */
export async function benchScrapes({ count = 200 } = {}): Promise<ScrapesRow[]> {
  const rows: ScrapesRow[] = [];
  for (const [run, args] of Object.entries(runs)) rows.push(...(await scraped(run, args, count)));
  return rows;
}

/** The rows as a Markdown table. */
export function scrapesTable(rows: readonly ScrapesRow[]): string {
  const cells = rows.map(({ run, connection, waits, longestStep }) => {
    const at = (share: number) => waits[Math.floor(share * (waits.length - 1))]!.toFixed(1);
    return [run, connection, String(waits.length), at(0.5), at(0.99), at(1), (longestStep + 25).toFixed(1)];
  });
  return markdown(
    ['run', 'connection', 'scrapes:', 'ms (median):', 'ms (p99):', 'ms (longest):', 'longest step + 25 ms:'],
    cells,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.log(scrapesTable(await benchScrapes()));
