import { RunLock } from '../../src/runs/directory/run-lock.ts';

/** Holds the lock of the directory that it is told until it is killed. */
try {
  RunLock.acquire(process.argv[2]!);
  console.log('won');
  if (process.argv[3] === 'hold') setInterval(() => {}, 1000);
} catch (error) {
  console.log((error as Error).message);
}
