import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, Value } from '../../../src/engine/index.ts';
import {
  type Layer,
  noiseMap,
  patchCritic,
  patchField,
  plainTranslator,
  residualTranslator,
  spectralNorm,
  uNet,
  uNetDepth,
} from '../../../src/models/index.ts';
import { applied, noise } from '../support.ts';

const small = { channels: 3, filters: 2 };
const shapeOf = (layer: Layer, shape: readonly number[]) => layer.init(keyOf(1), shape).shape;
const weightsOf = (layer: Layer, shape: readonly number[]) => [
  ...flattenTree(layer.init(keyOf(1), shape).weights).keys(),
];

describe.each([
  ['uNet', uNet({ ...small, depth: 2 })],
  ['residualTranslator', residualTranslator({ ...small, blocks: 1 })],
  ['plainTranslator', plainTranslator({ ...small, convolutions: 3 })],
])('%s', (_, layer) => {
  it('makes images of the same sides, of its channels, between -1 and 1', () => {
    const x = noise('images', [2, 8, 12, 1], 3);
    const { y } = applied(layer, x, { training: true });
    expect(y.shape).toEqual([2, 8, 12, 3]);
    expect(Math.max(...y.data.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(Math.max(...y.data.map(Math.abs))).toBeGreaterThan(0.01);
  });
});

describe('uNet', () => {
  it('keeps what comes down beside what comes up', () => {
    // The last convolution sees 2 maps that came down and 2 that came up.
    const { weights } = uNet({ ...small, depth: 2, normalisation: 'none' }).init(keyOf(1), [8, 8, 1]);
    const kernels = [...flattenTree(weights)].filter(([path]) => path.endsWith('kernel'));
    expect(kernels.map(([, { shape }]) => shape.join())).toEqual([
      '4,4,1,2',
      '4,4,2,4',
      '4,4,2,4',
      '4,4,3,4',
    ]);
  });

  it('halves sides until one is odd or the smaller one is 4', () => {
    expect(
      [
        [32, 32],
        [16, 16],
        [28, 28],
        [64, 32],
        [7, 8],
      ].map(([height, width]) => uNetDepth(height!, width!)),
    ).toEqual([3, 2, 2, 3, 0]);
  });

  it('refuses sides that cannot be halved so often', () => {
    expect(() => shapeOf(uNet({ ...small, depth: 3 }), [12, 16, 1])).toThrow(
      new RangeError('uNet: expected sides that are multiples of 8 for a depth of 3, got 16x12'),
    );
  });
});

describe('normalisation', () => {
  it.each([
    ['none', 0],
    ['batch', 1],
    ['instance', 1],
  ] as const)('%s stands behind the inner convolutions', (normalisation, times) => {
    const gains = (layer: Layer) =>
      weightsOf(layer, [16, 16, 1]).filter((path) => /gain|scale|gamma/.test(path)).length;
    expect(gains(uNet({ ...small, depth: 3, normalisation }))).toBe(4 * times);
    expect(gains(residualTranslator({ ...small, blocks: 2, normalisation }))).toBe(5 * times);
    expect(gains(plainTranslator({ ...small, convolutions: 3, normalisation }))).toBe(2 * times);
    expect(gains(patchCritic({ side: 32, filters: 2, normalisation }))).toBe(times);
  });

  it('refuses another', () => {
    expect(() => residualTranslator({ ...small, blocks: 1, normalisation: 'group' as never })).toThrow(
      'residualTranslator: normalisation: expected one of none, batch, instance, got "group"',
    );
  });
});

it('puts layers such as noise before the first convolution', () => {
  const layer = plainTranslator({ ...small, convolutions: 1, first: [noiseMap(2)] });
  const { weights } = layer.init(keyOf(1), [4, 4, 1], { condition: 32 });
  expect([...flattenTree(weights).values()][0]!.shape).toEqual([3, 3, 3, 3]);
});

describe('patchCritic', () => {
  it('sees patches of 10, 16, 34 and 70 pixels', () => {
    expect([8, 16, 28, 32, 64, 128, 256].map(patchField)).toEqual([10, 10, 16, 16, 34, 70, 70]);
  });

  it('has a score for each patch, of nothing beyond it', () => {
    const critic = patchCritic({ side: 16, filters: 2 });
    const side = 16;
    const scores = (x: Value) => applied(critic, x).y;
    const plain = noise('plain', [1, side, side, 1]);
    const touched = new Value('float32', plain.shape, Float32Array.from(plain.data));
    touched.data[0] = 9;
    const [before, after] = [scores(plain), scores(touched)];
    expect(before.shape).toEqual([1, 4, 4, 1]);
    const differ = Array.from(before.data.keys()).filter((i) => before.data[i] !== after.data[i]);
    expect(differ.length).toBeGreaterThan(0);
    // The first pixel lies in no patch behind the second row and column.
    for (const at of differ) expect([at % 4 < 2, at < 8]).toEqual([true, true]);
  });

  it('takes a constraint around every convolution', () => {
    const { buffers } = patchCritic({ side: 16, filters: 2, constraint: spectralNorm }).init(
      keyOf(1),
      [16, 16, 1],
    );
    expect(Object.keys(buffers)).toHaveLength(3);
  });

  it('refuses images below 8 pixels', () => {
    expect(() => patchCritic({ side: 7, filters: 2 })).toThrow(
      new RangeError('patchCritic: side: expected a whole number from 8, got 7'),
    );
  });
});
