import { expect, it } from 'vitest';
import * as rules from '../../../src/rl/environments/rules.ts';

it('states every rule as what is expected, and none twice', () => {
  const texts = Object.values(rules);
  expect(texts.every((text) => text.startsWith('expected '))).toBe(true);
  expect(new Set(texts).size).toBe(texts.length);
});
