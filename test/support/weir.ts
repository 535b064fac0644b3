import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
  /**
   * Waits until the process has written this to standard error or output. @throws where it ends
   * without it
   */
  said(what: RegExp): Promise<RegExpExecArray>;
  /** Waits until something is so that the process brings about. @throws where it ends before */
  until(so: () => boolean): Promise<void>;
}

/**
 * Waits until something is so that a process brings about: one that has ended brings about nothing
 * more, and waiting for it would only meet the limit of the test.
 * @param said what the process has written so far, for the error
 * @throws where the process ends before, by itself or by a signal
 */
export async function untilOrEnd(
  child: ChildProcess,
  so: () => boolean | Promise<boolean>,
  said = () => '',
): Promise<void> {
  for (;;) {
    // Before the question: what it did just before its end counts, and so does what is still in its
    // pipes.
    const ended = child.exitCode !== null || child.signalCode !== null;
    const over = ended && child.stdio.every((stream) => stream?.destroyed ?? true);
    if (await so()) return;
    if (over) throw new Error(`ended too early, by ${child.exitCode ?? child.signalCode}: ${said()}`);
    await sleep(5);
  }
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
  const until = (so: () => boolean) => untilOrEnd(child, so, () => written.stderr);
  const said = async (what: RegExp) => {
    const found = () => what.exec(written.stderr) ?? what.exec(written.stdout);
    await until(() => found() !== null);
    return found()!;
  };
  return { child, finished, said, until };
}

/** Options that make a run small: eight units, batches of sixteen. */
export const small = ['--engine', 'cpu', '--batch', '16', '--set', 'width=8', '--set', 'depth=1'] as const;
