import { WeirError } from '../base/index.ts';

/**
 * A player's step gave a value that is no number (NaN or infinite): the state is spoilt, and is
 * never saved.
 */
export class NonFiniteLossError extends WeirError {
  readonly code = 'NON_FINITE_LOSS';
  readonly kind = 'policy';
  readonly player: string;
  readonly index: number;

  constructor(player: string, index: number, name: string, value: number) {
    super(
      `step ${index} of ${player}: ${name} is ${value}; training stopped, and nothing of this step was saved`,
    );
    this.player = player;
    this.index = index;
  }
}

/**
 * The state that was to be saved holds a number that is none (NaN or infinite), though no loss has
 * shown it yet.
 */
export class NonFiniteStateError extends WeirError {
  readonly code = 'NON_FINITE_STATE';
  readonly kind = 'policy';
  readonly index: number;

  constructor(index: number, path: string, value: number) {
    super(`state before step ${index}: ${path} holds ${value}; nothing of it was saved`);
    this.index = index;
  }
}
