import { readFileSync, readlinkSync } from 'node:fs';

const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** The signals that ask a process to end. */
export type StopSignal = keyof typeof numbers;

/** The environment of a process, in a type that needs no types of Node.js from a user. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Stops the run at the first SIGINT, SIGTERM or SIGHUP, after the current step and with a
 * checkpoint.
 * @returns a function that leaves the signals alone again
 */
export function stopOnSignals(run: { stop(): void }, say: (text: string) => void): () => void {
  return onStopSignals((signal) => {
    say(`${signal}, stopping after this step; once more to quit without a checkpoint`);
    run.stop();
  });
}

/**
 * Calls `stop` at the first SIGINT, SIGTERM or SIGHUP. A second SIGINT or SIGTERM ends the process
 * at once, with 128 + its number as a shell expects; checkpoints on disk stay intact. A second
 * SIGHUP does nothing: a terminal that closes sends one from the kernel and one from its shell.
 * Under nohup, SIGHUP does nothing at all.
 * @returns a function that leaves the signals alone again
 */
export function onStopSignals(
  stop: (signal: StopSignal) => void,
  env: Environment = process.env,
): () => void {
  let asked = false;
  const caught = (Object.keys(numbers) as StopSignal[]).filter(
    (signal) => signal !== 'SIGHUP' || !startedByNohup(env),
  );
  const handlers = caught.map((signal) => {
    const handler = () => {
      if (!asked) {
        asked = true;
        stop(signal);
      } else if (signal !== 'SIGHUP') process.exit(128 + numbers[signal]);
    };
    process.on(signal, handler);
    return [signal, handler] as const;
  });
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

/** Ignores SIGHUP where nohup has started the process, for as long as the process lives. */
export function ignoreHangupUnderNohup(): void {
  if (startedByNohup(process.env)) process.on('SIGHUP', () => {});
}

/**
 * Whether nohup has started this process. Node.js gives every signal its default action before any
 * script runs, so the action that nohup has set is lost; what else nohup leaves behind tells. GNU
 * nohup replaces a stdin that is a terminal with a null device that can only be written; bash and
 * zsh put the path of what they start into `_`.
 */
export function startedByNohup(env: Environment): boolean {
  if (/(?:^|\/)nohup$/.test(env._ ?? '')) return true;
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync('/proc/self/fdinfo/0', 'utf8'))?.[1] ?? '0';
    const writeOnly = (Number.parseInt(flags, 8) & 3) === 1;
    return writeOnly && readlinkSync('/proc/self/fd/0') === '/dev/null';
  } catch {
    return false;
  }
}
