import { describe, expect, it } from 'vitest';
import { Tiles } from '../../../../src/engine/onnx/layout/tiles.ts';
import { blocksOf, errorsOf, geometries } from './convolutions.ts';

describe('tiles', () => {
  it.each(geometries)('convolve pictures of $size to $result within 3e-6', async (geometry) => {
    const errors = await errorsOf(new Tiles(blocksOf(geometry)), geometry);
    for (const error of errors) expect(error).toBeLessThan(3e-6);
  });
});
