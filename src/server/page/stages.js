/**
 * The stages of a run over all of its time, by what is known of its turns and notices.
 * @param {import('./run.js').Run} run
 * @returns {import('./api.js').Stage[]}
 */
export function stagesOverAll(run) {
  const notices = run.detail?.notices ?? [];
  // A thinned log has only some of the turns; the others are taken to be like them.
  const thinned = run.logged > 0 ? Math.max(1, run.done / run.logged) : 1;
  const learning = thinned * Object.values(run.players).reduce((sum, { seconds }) => sum + seconds, 0);
  const stopped = notices.reduce((sum, { seconds = 0 }) => sum + seconds, 0);
  const elapsed = run.detail?.report?.totalSeconds ?? learning + stopped;
  const stage = (
    /** @type {string} */ name,
    /** @type {string} */ kind,
    /** @type {number} */ items,
    /** @type {number | null} */ seconds,
  ) => ({
    ...{ name, kind, items },
    rate: elapsed > 0 ? items / elapsed : 0,
    busy: seconds === null || elapsed <= 0 ? null : Math.min(1, seconds / elapsed),
  });
  const barrier = (/** @type {string} */ name, /** @type {string} */ kind) => {
    const some = notices.filter((notice) => notice.kind === kind);
    const seconds = some.reduce((sum, notice) => sum + (notice.seconds ?? 0), 0);
    return some.length > 0 ? [stage(name, 'barrier', some.length, seconds)] : [];
  };
  const { done } = run;
  return [
    stage('pump', 'source', done, null),
    stage('schedule', 'schedule', done, null),
    ...Object.entries(run.players).map(([name, { turns, seconds }]) =>
      stage(name, 'learn', Math.round(thinned * turns), thinned * seconds),
    ),
    ...barrier('checkpoint', 'checkpoint'),
    ...barrier('evaluate', 'evaluation'),
    stage('log', 'side', done, null),
  ];
}
