/**
 * The stages of a run over all of its time, by what is known of its steps and events.
 * @param {import('./run.js').Run} run
 * @returns {import('./api.js').Stage[]}
 */
export function stagesOverAll(run) {
  const events = run.detail?.events ?? [];
  // A thinned log has only some of the steps; the others are taken to be like them.
  const thinned = run.logged > 0 ? Math.max(1, run.done / run.logged) : 1;
  const learning = thinned * Object.values(run.players).reduce((sum, { seconds }) => sum + seconds, 0);
  const stopped = events.reduce((sum, { seconds = 0 }) => sum + seconds, 0);
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
    const some = events.filter((event) => event.kind === kind);
    const seconds = some.reduce((sum, event) => sum + (event.seconds ?? 0), 0);
    return some.length > 0 ? [stage(name, 'barrier', some.length, seconds)] : [];
  };
  const { done } = run;
  return [
    stage('pump', 'source', done, null),
    // A single player, such as an agent, needs no schedule.
    ...(Object.keys(run.players).length > 1 ? [stage('schedule', 'schedule', done, null)] : []),
    ...Object.entries(run.players).map(([name, { steps, seconds }]) =>
      stage(name, 'learn', Math.round(thinned * steps), thinned * seconds),
    ),
    ...barrier('checkpoint', 'checkpoint'),
    ...barrier('evaluate', 'evaluation'),
    stage('log', 'side', done, null),
  ];
}
