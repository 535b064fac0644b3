import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { isatty } from 'node:tty';

/**
 * Replaces, when the process exits, each of stdin, stdout and stderr whose terminal has gone by
 * then with the null device. Node.js 20 puts the settings of terminals back at exit, and aborts or
 * crashes where one no longer answers (`CHECK` in `ResetStdio`); it leaves a descriptor alone that
 * was opened again.
 */
export function leaveTerminal(): void {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  process.once('exit', () => {
    for (const descriptor of terminals.filter((each) => !isatty(each))) {
      closeSync(descriptor);
      // The lowest free number is the one that was just closed.
      openSync(devNull, 'r+');
    }
  });
}
