/** An episode must be begun before the first step, and again after every last one. */
export const afterTheEnd = 'expected reset() before the first step() and after a termination or truncation';

/** What `reset` answers with. */
export const firstStep = 'expected reset() to answer with a restart, which has no reward';

/** What `step` answers with. */
export const laterStep = 'expected step() to answer with a transition, a termination or a truncation';

/** What a reward is. */
export const finiteReward = 'expected a reward that is a finite number';

/** What a key decides. */
export const sameKey = 'expected the same episode from the same key and actions';

/** What a time step owns. */
export const freshSteps = 'expected a time step that does not change when the environment goes on';

/** What is saved. */
export const savedJson = 'expected save() to give JSON without undefined, NaN or infinite numbers';

/** What restoring does. */
export const exactRestore = 'expected a restored environment to go on exactly as the saved one did';

/** What saving leaves alone. */
export const silentSave = 'expected save() to change nothing';

/** What an action is. */
export const refusesActions = 'expected step() to throw for an action that does not fit the spec';
