import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './programs.ts';

const project = join(import.meta.dirname, '../..');

/** Builds the program as it is published. @returns the path of its entry */
export async function buildProgram(folder: string): Promise<string> {
  const out = join(folder, 'program');
  mkdirSync(out, { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(out, 'node_modules'));
  cpSync(join(project, 'package.json'), join(out, 'package.json'));
  const tsc = join(project, 'node_modules/.bin/tsc');
  const built = await run(tsc, ['-p', 'tsconfig.build.json', '--outDir', join(out, 'dist')], project);
  if (built.code !== 0) throw new Error(built.output);
  for (const page of ['server/page', 'export/page'])
    cpSync(join(project, 'src', page), join(out, 'dist', page), { recursive: true });
  return join(out, 'dist/cli/main.js');
}

/** How a process of the built program ended. */
export interface Ending {
  /** The exit code; undefined where a signal has killed it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it ended by itself, and not because it was killed as hung. */
  readonly byItself: boolean;
  /** What kept the event loop alive when it ran empty; undefined where it never did. */
  readonly resources: readonly string[] | undefined;
  readonly seconds: number;
}

/** Tells a process that hangs from one on a machine that is busy. */
const hungMs = 300_000;

/** Runs the built program in a process of its own. */
export async function runBuilt(entry: string, args: readonly string[], cwd: string): Promise<Ending> {
  const atEnd = join(cwd, `../at-end-${process.pid}-${++started}.json`);
  const hook = join(import.meta.dirname, 'at-end.mjs');
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', hook, entry, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, WEIR_TEST_AT_END: atEnd },
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (written.stdout += chunk));
  child.stderr.on('data', (chunk) => (written.stderr += chunk));
  let hung = false;
  const limit = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, hungMs);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(limit);
  const seconds = (performance.now() - began) / 1000;
  let resources: readonly string[] | undefined;
  try {
    resources = JSON.parse(readFileSync(atEnd, 'utf8'));
  } catch {}
  rmSync(atEnd, { force: true });
  return { code: code ?? undefined, ...written, byItself: !hung, resources, seconds };
}

let started = 0;
