import { it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { categoricalEntropy, categoricalLogProbability } from '../../../src/rl/index.ts';
import { compute, expectClose } from '../../models/support.ts';

const action = new Value('int32', [2], Int32Array.of(1, 0));

it('knows the probabilities 1/4 and 3/4', () => {
  const logits = Value.of([0, Math.log(3), Math.log(3), 0], [2, 2]);
  const { log, entropy } = compute({ logits, action }, ({ logits, action }) => ({
    log: categoricalLogProbability(logits, action),
    entropy: categoricalEntropy(logits),
  }));
  expectClose(log, [-0.287682, -0.287682]);
  expectClose(entropy, [0.562335, 0.562335]);
});

it('stays finite where exponentials would not', () => {
  const logits = Value.of([1000, 1000, -1000, 1000], [2, 2]);
  const { log, entropy } = compute({ logits, action }, ({ logits, action }) => ({
    log: categoricalLogProbability(logits, action),
    entropy: categoricalEntropy(logits),
  }));
  expectClose(log, [-Math.LN2, -2000]);
  expectClose(entropy, [Math.LN2, 0]);
});
