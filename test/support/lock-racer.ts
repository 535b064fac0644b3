import { RunLock } from '../../src/runs/directory/run-lock.ts';

/**
 * Takes the lock of one directory after the other, each at the moment that it is told, and lets it
 * go when it is told to.
 */
let lock: RunLock | undefined;

process.on('message', ({ path, at }: { readonly path?: string; readonly at: number }) => {
  if (path === undefined) {
    lock?.release();
    lock = undefined;
    return process.send!('released');
  }
  while (Date.now() < at);
  try {
    lock = RunLock.acquire(path);
    process.send!('won');
  } catch (error) {
    process.send!((error as Error).message);
  }
});
process.on('disconnect', () => process.exit());
process.send!('ready');
