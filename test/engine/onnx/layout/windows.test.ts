import { describe, expect, it } from 'vitest';
import { Windows } from '../../../../src/engine/onnx/layout/windows.ts';
import { blocksOf, errorsOf, geometries } from './convolutions.ts';

describe('windows', () => {
  it.each(geometries)('convolve pictures of $size to $result within 1e-6', async (geometry) => {
    const errors = await errorsOf(new Windows(blocksOf(geometry)), geometry);
    for (const error of errors) expect(error).toBeLessThan(1e-6);
  });
});
