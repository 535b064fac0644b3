import { WeirError } from '../base/index.ts';

/** A player's turn gave a value that is no number (NaN or infinite): the state is spoilt, the last checkpoint is not. */
export class NonFiniteLossError extends WeirError {
  readonly code = 'NON_FINITE_LOSS';
  readonly kind = 'policy';
  readonly player: string;
  readonly index: number;

  constructor(player: string, index: number, name: string, value: number) {
    super(
      `turn ${index} of ${player}: ${name} is ${value}; training stopped, and the last checkpoint is good`,
    );
    this.player = player;
    this.index = index;
  }
}
