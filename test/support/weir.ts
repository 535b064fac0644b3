import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { main } from '../../src/cli/program.ts';

/** A folder for the tests of one file, removed after them. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line inside this process. */
export async function weir(...args: string[]): Promise<Finished> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: false,
    write(text: string) {
      written[name] += text;
      return true;
    },
  });
  const code = await main(args, { stdout: stream('stdout'), stderr: stream('stderr'), env: {} });
  return { code, ...written };
}

/** The command line in a process of its own. */
export interface WeirProcess {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished & { signal: string | null }>;
  /** Waits until the process has written something to standard error. @throws when it is over without */
  said(what: RegExp): Promise<void>;
}

/** Runs the command line in a process of its own, for what needs one: signals and kills. */
export function weirProcess(...args: string[]): WeirProcess {
  return weirProcessIn({}, ...args);
}

/** The same with variables of the environment beside those of this process. */
export function weirProcessIn(environment: Readonly<Record<string, string>>, ...args: string[]): WeirProcess {
  const entry = join(import.meta.dirname, '../../src/cli/main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (written.stdout += chunk));
  child.stderr.on('data', (chunk) => (written.stderr += chunk));
  const finished = new Promise<Finished & { signal: string | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code: code ?? -1, signal, ...written }));
  });
  const said = (what: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => what.test(written.stderr) && resolve();
      child.stderr.on('data', look);
      child.on('close', () => reject(new Error(`expected ${what}, got ${written.stderr}`)));
      look();
    });
  return { child, finished, said };
}

/** Options that make a run small: eight units, batches of sixteen. */
export const small = ['--engine', 'cpu', '--batch', '16', '--set', 'width=8', '--set', 'depth=1'] as const;
