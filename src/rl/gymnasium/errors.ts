import { WeirError } from '../../base/index.ts';

/** A Gymnasium environment cannot be used: no Python, no Gymnasium, no such name, other spaces. */
export class GymnasiumRefusedError extends WeirError {
  readonly code = 'GYMNASIUM_REFUSED';
  readonly kind = 'input';
}

/** The Python process of an environment raised, hung or died; the message has what it printed. */
export class GymnasiumProcessError extends WeirError {
  readonly code = 'GYMNASIUM_PROCESS';
  readonly kind = 'failure';
}

/** An episode was not restored: its seed and actions gave another one. */
export class EpisodeNotRestoredError extends WeirError {
  readonly code = 'EPISODE_NOT_RESTORED';
  readonly kind = 'failure';
}
