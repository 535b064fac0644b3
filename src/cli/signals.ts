import type { Run } from '../streams/index.ts';

const numbers = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Stops the run at the first SIGINT or SIGTERM, after the current turn and with a checkpoint. A second one ends the
 * process at once, with 128 + the signal's number as a shell expects; the last checkpoint on disk stays intact.
 * @returns a function that leaves the signals alone again
 */
export function stopOnSignals(run: Run, say: (text: string) => void): () => void {
  let asked = false;
  const handlers = Object.entries(numbers).map(([signal, number]) => {
    const handler = () => {
      if (asked) process.exit(128 + number);
      asked = true;
      say(`\nweir: ${signal}, stopping after this step; once more to quit without a checkpoint`);
      run.stop();
    };
    process.on(signal, handler);
    return [signal, handler] as const;
  });
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}
