/**
 * Runs a task and then its cleanup, whether or not the task has failed. Of two errors the first
 * wins: a cleanup that fails for the same reason as the task must not hide that reason. This stands
 * for `finally` wherever the cleanup can throw.
 */
export async function withCleanup<Result>(
  task: () => Result | Promise<Result>,
  cleanup: () => unknown,
): Promise<Result> {
  let result: Result;
  try {
    result = await task();
  } catch (error) {
    try {
      await cleanup();
    } catch {}
    throw error;
  }
  await cleanup();
  return result;
}

/** `withCleanup` for a task and a cleanup that are done when they return. */
export function withCleanupSync<Result>(task: () => Result, cleanup: () => void): Result {
  let result: Result;
  try {
    result = task();
  } catch (error) {
    try {
      cleanup();
    } catch {}
    throw error;
  }
  cleanup();
  return result;
}
