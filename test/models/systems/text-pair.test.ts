import { expect, it } from 'vitest';
import { matchingAware, nonSaturating, sgd } from '../../../src/models/index.ts';
import { textPair } from '../../../src/models/systems/text-pair.ts';
import { textSide } from '../../../src/models/systems/text-source.ts';
import { noise } from '../support.ts';

it('refuses a weight of the divergence that is none', () => {
  const side = { trains: ['x'], optimizer: sgd({ rate: 1 }) };
  const text = textSide('text-gan', { embedding: 2, examples: noise('x', [3, 2]) }, [2]);
  const pair = { text, loss: matchingAware(nonSaturating()), critic: side, generator: side };
  const make = () => {
    throw new Error('not asked for');
  };
  expect(() => textPair({ ...pair, make, klWeight: -1 })).toThrow(
    'klWeight: expected a finite number from 0, got -1',
  );
  expect(textPair({ ...pair, make }).critic.trains).toEqual(['x']);
});
