import { describe, expect, it } from 'vitest';
import { nameProblem } from '../../src/checkpoint/tensor-name.ts';

describe('nameProblem', () => {
  it.each(['a', '0', 'critic/0/kernel', 'critic@16/0', 'spectral-norm/u.v_1', 'x'.repeat(256)])(
    'finds none in %s',
    (name) => {
      expect(nameProblem(name)).toBeUndefined();
    },
  );

  it.each(['', 'a b', 'ä', 'a\n', 'a\\b', 'a\0', '"', 'x'.repeat(257)])(
    'refuses %j for its characters',
    (name) => {
      expect(nameProblem(name)).toContain('expected a name of 1 to 256 letters');
    },
  );

  it.each(['__metadata__', '__proto__', 'critic/__proto__/polluted', 'constructor', 'a/prototype'])(
    'refuses %s, which has a meaning of its own',
    (name) => {
      expect(nameProblem(name)).toContain('reserved');
    },
  );
});
