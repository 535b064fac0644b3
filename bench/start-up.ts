// What it costs to start the command line and be refused: npm run build && npx tsx
// bench/start-up.ts
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { markdown } from './table.ts';

const entry = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Command lines that end before anything is trained, from what loads least to what loads most. */
const commandLines = [
  ['weir --version', 'prints the version'],
  ['weir --help', 'prints the help'],
  ['weir train wgan-gp --steps many', 'refuses a value'],
  ['weir train wgan-pg', 'refuses a recipe'],
  ['weir resume none', 'refuses a directory'],
  ['weir train wgan-gp --steps 0', 'refuses a setting'],
] as const;

/** What starts took, in milliseconds, each in ascending order. */
export interface StartUpRow {
  readonly command: string;
  readonly what: string;
  /** User and system time of the process, which other load on the machine does not count into. */
  readonly cpu: readonly number[];
  readonly wall: readonly number[];
}

/** Writes the processor time of its process to descriptor 3 at exit. */
const hook = `data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs';
process.once('exit', () => { const { user, system } = process.cpuUsage(); writeSync(3, String(user + system)); });`,
)}`;

/** Starts a command line once. */
function started(args: readonly string[]): { readonly cpu: number; readonly wall: number } {
  const began = performance.now();
  const { output } = spawnSync(process.execPath, ['--import', hook, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  return { cpu: Number(output[3]) / 1000, wall: performance.now() - began };
}

/** Starts each command line as often as asked, in turn. */
export function benchStartUp(rounds = 21): StartUpRow[] {
  if (!existsSync(entry)) throw new Error('bench: expected the built program, run npm run build first');
  const rows = [['node -e 0', 'does nothing'] as const, ...commandLines].map(([command, what]) => {
    const args = command.startsWith('node ') ? ['-e', '0'] : [entry, ...command.split(' ').slice(1)];
    return { command, what, args, times: [] as ReturnType<typeof started>[] };
  });
  for (let round = 0; round < rounds; round++) for (const { args, times } of rows) times.push(started(args));
  const ascending = (values: number[]) => values.sort((a, b) => a - b);
  return rows.map(({ command, what, times }) => ({
    command,
    what,
    cpu: ascending(times.map(({ cpu }) => cpu)),
    wall: ascending(times.map(({ wall }) => wall)),
  }));
}

/** The table of the page. */
export function startUpTable(rows: readonly StartUpRow[]): string {
  const at = (values: readonly number[], share: number) =>
    values[Math.floor(share * (values.length - 1))]!.toFixed(0);
  const titles = ['command', 'what it does', 'CPU ms (median):', 'ms (median):', 'ms (p90):'];
  return markdown(
    titles,
    rows.map(({ command, what, cpu, wall }) => [
      `\`${command}\``,
      what,
      at(cpu, 0.5),
      at(wall, 0.5),
      at(wall, 0.9),
    ]),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) console.log(startUpTable(benchStartUp()));
