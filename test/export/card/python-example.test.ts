import { expect, it } from 'vitest';
import { pythonExample } from '../../../src/export/card/python-example.ts';
import type { LoadedGan } from '../../../src/runs/index.ts';

const gan = {
  kind: 'gan',
  sampler: { noise: { noise: { size: 8, normal: 8 }, codes: { size: 5, normal: 2 } } },
  dataset: { classes: ['a', 'b', 'c'] },
} as unknown as LoadedGan;
const input = (name: string, width: number, dtype: 'float32' | 'int32' = 'float32') => ({
  name,
  shape: ['batch', width],
  dtype,
});

it('feeds normal noise and classes in turn', () => {
  const text = pythonExample(gan, [input('noise', 8), input('condition', 3)])!;
  expect(text).toContain('"noise": rng.standard_normal((16, 8), dtype=np.float32),');
  expect(text).toContain('"condition": np.eye(3, dtype=np.float32)[np.arange(16) % 3],');
});

it.each([
  ['codes', input('codes', 5)],
  ['tokens', input('tokens', 8, 'int32')],
  ['what is no class', input('condition', 4)],
])('has no lines for %s, whose law it does not know', (_what, other) => {
  expect(pythonExample(gan, [input('noise', 8), other])).toBeUndefined();
});
