import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { integer, keyOf } from '../../src/engine/index.ts';
import { checkpointNames } from './run-files.ts';
import type { SmallDisk } from './small-disk.ts';

export const kinds = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'terminal', 'disk'] as const;
export const phases = ['start', 'training', 'checkpoint', 'end'] as const;

/** What befalls a run, and when. */
export interface Fault {
  readonly kind: (typeof kinds)[number];
  readonly phase: (typeof phases)[number];
  /** Between 0 and 1. */
  readonly moment: number;
}

/** The fault of a number, the same each time. */
export function faultOf(seed: number, number: number, disk: boolean): Fault {
  const draw = (name: string, below: number) => integer(keyOf(seed, name, number), below);
  return {
    kind: kinds[draw('kind', kinds.length - (disk ? 0 : 1))]!,
    phase: phases[draw('phase', phases.length)]!,
    moment: draw('moment', 1000) / 1000,
  };
}

/** How a process ended that a fault has met. */
export interface Met {
  /** The exit code; undefined where a signal has killed it. */
  readonly code: number | undefined;
  readonly stderr: string;
}

/** What a process is started with, and the run that it works on. */
export interface Leg {
  readonly entry: string;
  readonly args: readonly string[];
  readonly run: string;
  readonly steps: number;
  /** How long a start and the training take, in milliseconds. */
  readonly startMs: number;
  readonly trainingMs: number;
  readonly disk: SmallDisk | undefined;
}

/** Starts a process and lets a fault befall it. */
export async function meet(leg: Leg, { kind, phase, moment }: Fault): Promise<Met> {
  const command = [process.execPath, leg.entry, ...leg.args];
  const hangUp = join(import.meta.dirname, 'hang-up.py');
  const [program, ...args] = kind === 'terminal' ? ['python3', hangUp, ...command] : command;
  const before = { started: starts(leg.run), checkpoints: names(leg.run) };
  const child = spawn(program!, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let stderr = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const closed = new Promise<Met>((resolve) => {
    child.once('close', (code) => resolve({ code: code === null || code > 128 ? undefined : code, stderr }));
  });
  const until = async (condition: () => boolean) => {
    while (!condition() && child.exitCode === null && child.signalCode === null) await sleep(2);
  };
  if (phase === 'training') await until(() => starts(leg.run) > before.started);
  else if (phase === 'checkpoint') await until(() => names(leg.run) !== before.checkpoints);
  else if (phase === 'end') await until(() => newestStep(leg.run) === leg.steps);
  const longest = { start: leg.startMs, training: leg.trainingMs, checkpoint: 4, end: 100 };
  await sleep(moment * longest[phase]);
  if (kind === 'terminal') child.stdin.end();
  else if (kind === 'disk') {
    leg.disk!.fill();
    await sleep(2000);
    leg.disk!.free();
  } else child.kill(kind);
  return closed;
}

/** How often a run has been started. */
export function starts(run: string): number {
  try {
    return readFileSync(join(run, 'events.jsonl'), 'utf8').split('"kind":"started"').length - 1;
  } catch {
    return 0;
  }
}

function names(run: string): string {
  try {
    return readdirSync(join(run, 'checkpoints')).join();
  } catch {
    return '';
  }
}

/** The step of the newest checkpoint; undefined where there is none. */
export function newestStep(run: string): number | undefined {
  const newest = checkpointNames(run).at(-1);
  return newest === undefined ? undefined : Number(/\d+/.exec(newest)![0]);
}
