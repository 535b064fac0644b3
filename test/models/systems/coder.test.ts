import { expect, it } from 'vitest';
import { dense } from '../../../src/models/index.ts';
import { coderMembers } from '../../../src/models/systems/coder.ts';

const coder = (codes: number) => ({ generator: dense(3), encoder: dense(codes), latent: 2 });

it('knows what goes into both networks', () => {
  const { members, shape } = coderMembers('vae', coder(4), 'gaussian');
  expect(shape).toEqual([3]);
  expect(members.generator.input).toEqual([2]);
  expect(members.encoder.input).toEqual([3]);
});

it('refuses an encoder that does not fit the generator', () => {
  expect(() => coderMembers('vae', coder(2), 'gaussian')).toThrow(
    'vae: encoder: expected [4] for an example, got [2]',
  );
  expect(() => coderMembers('bigan', coder(4), 'point')).toThrow(
    'bigan: encoder: expected [2] for an example, got [4]',
  );
  expect(() => coderMembers('vae', { ...coder(4), latent: 0 }, 'gaussian')).toThrow(
    'vae: latent: expected a whole number from 1, got 0',
  );
});
