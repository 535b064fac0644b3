import { given, stopOnSignals, withCleanup } from '../base/index.ts';
import { checkPolicies, mayRollBack } from './alert-policies.ts';
import type { Report } from './directory/run-report.ts';
import { runEvaluations } from './evaluation/run-evaluation.ts';
import type { Scorer } from './evaluation/scorer.ts';
import type { RunObserver } from './events/run-observer.ts';
import { execute } from './execute.ts';
import { Opened } from './opened.ts';
import type { OpenExtension, RunContext, RunExtension } from './run-context.ts';

/** A run whose directory is not touched yet. */
export interface PreparedRun {
  readonly context: RunContext;
  /** Opens what the run is scored with while it goes on. */
  openScorer?(): Promise<Scorer>;
  /**
   * Prepares directory and learner, once the directory is locked.
   * @returns the report of the run where nothing is left to do
   */
  begin(): Promise<Report | undefined>;
  readonly observers?: readonly RunObserver[];
  readonly extensions?: readonly OpenExtension[];
  readonly keepOpen?: boolean;
  /** Told that a signal stops the run. */
  say(text: string): void;
}

/**
 * Performs a run: opens all that can refuse it, locks its directory, trains, and closes on every
 * path what was opened, the lock last.
 * @throws what refused or ended the run
 */
export async function perform(prepared: PreparedRun): Promise<Report> {
  const opened = new Opened();
  return withCleanup(
    () => performWith(opened, prepared),
    () => opened.close(),
  );
}

async function performWith(opened: Opened, prepared: PreparedRun): Promise<Report> {
  const { context, keepOpen = false, say } = prepared;
  const { directory, config, assembly, run } = context;
  let begun = false;
  opened.add(() => begun || keepOpen || assembly.learner.close());
  let unlock = () => {};
  opened.add(() => unlock());
  const scorer = config.evaluation && (await prepared.openScorer?.());
  opened.add(() => scorer?.close?.());
  opened.add(stopOnSignals(run, say));
  const own = (): RunExtension => ({ observers: prepared.observers ?? [] });
  const extensions = await openAll(opened, context, [own, ...(prepared.extensions ?? [])]);
  const observers = extensions.flatMap((extension) => extension.observers ?? []);
  unlock = lockUntilExit(directory);
  const finished = await prepared.begin();
  if (finished !== undefined) return finished;
  const evaluations = scorer && (await runEvaluations(context, scorer));
  const stages = extensions.find((extension) => extension.stages !== undefined)?.stages;
  begun = true;
  const report = await execute(context, {
    keepOpen,
    ...evaluations,
    ...given({ stages }),
    observers: [...observers, ...(evaluations?.observers ?? [])],
  });
  for (const extension of extensions) await extension.onReport?.(report);
  return report;
}

async function openAll(
  opened: Opened,
  context: RunContext,
  extensions: readonly OpenExtension[],
): Promise<readonly RunExtension[]> {
  const open: RunExtension[] = [];
  for (const extension of extensions) {
    const made = await extension(context);
    opened.add(() => made.close?.());
    // A run that has begun has closed them; they are not closed again.
    opened.add(() => context.events.close(made.observers));
    open.push(made);
  }
  checkPolicies('onAlert', context.config.onAlert ?? {});
  if (mayRollBack(context.config) && !open.some(({ raisesAlerts }) => raisesAlerts))
    throw new RangeError(
      'onAlert: expected together with telemetry() of weir-streams/telemetry among the extensions, got none',
    );
  return open;
}

/** Locks a directory; also a process that exits at once, as at a second signal, unlocks it. */
function lockUntilExit(directory: RunContext['directory']): () => void {
  const unlock = directory.lock();
  process.once('exit', unlock);
  return () => {
    process.off('exit', unlock);
    unlock();
  };
}
