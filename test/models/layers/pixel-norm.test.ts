import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { pixelNorm } from '../../../src/models/index.ts';
import { applied, both, bothNames, expectClose } from '../support.ts';

describe.each(bothNames)('pixel norm on %s', (name) => {
  it('gives the root of the mean square 1, so that a length is the root of the channels', () => {
    const { y } = applied(pixelNorm(), Value.of([3, 4, 0, 0], [1, 1, 2, 2]), { engine: both[name] });
    expectClose(y, [0.848528, 1.131371, 0, 0], 1e-6);
  });
});

it('refuses single numbers', () => {
  expect(() => pixelNorm().init(keyOf(1), [])).toThrow(
    new RangeError('pixelNorm: expected inputs of rank 1 or more, got []'),
  );
});
