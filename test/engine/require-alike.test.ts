import { expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { requireAlike } from '../../src/engine/require-alike.ts';

const of = (...shape: number[]) => new Map([['a/b', Value.filled(shape, 0)]]);

it('accepts what has the same leaves, shapes and types', () => requireAlike('write', of(2), of(2)));

it('names the leaf that differs', () => {
  expect(() => requireAlike('write', of(3), of(2))).toThrow(
    'write: expected float32 [2] at state a/b, got float32 [3]',
  );
  expect(() => requireAlike('write', new Map(), of(2))).toThrow(
    'expected float32 [2] at state a/b, got nothing',
  );
  expect(() => requireAlike('write', of(2), new Map())).toThrow(
    'expected nothing at state a/b, got float32 [2]',
  );
});
