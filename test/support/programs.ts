import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

/** Whether a program is on this machine: tests that need one skip where it is not. */
export function has(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args.length > 0 ? args : ['--version'], { stdio: 'ignore' }).status === 0;
}

/** How a program ended and what it said. */
export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end. */
export async function run(program: string, args: readonly string[], cwd?: string): Promise<Ran> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, cwd === undefined ? {} : { cwd });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code: number; stdout?: string; stderr?: string };
    return { code, output: stdout + stderr };
  }
}
