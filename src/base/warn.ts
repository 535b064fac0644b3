/** Called with a failure that does not end the run. */
export type Warn = (message: string) => void;

/** The `Warn` of those who name none: a warning of the Node.js process. */
export const warnProcess: Warn = (message) => process.emitWarning(message, 'WeirWarning');

/** A `Warn` that cannot throw, for places where an error would break a teardown. */
export function quietly(warn: Warn): Warn {
  return (message) => {
    try {
      warn(message);
    } catch (error) {
      warnProcess(`${message} (and the warning itself failed: ${error})`);
    }
  };
}
