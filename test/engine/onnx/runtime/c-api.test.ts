import { describe, expect, it } from 'vitest';
import { openCApi } from '../../../../src/engine/onnx/runtime/c-api.ts';

const api = await openCApi();

describe("onnxruntime's C interface", () => {
  it('is that of the package which is installed', async () => {
    const { env } = await import('onnxruntime-node');
    expect(api.version).toBe(env.versions.node);
  });

  it('throws what onnxruntime says', () => {
    expect(() => api.call('AddSessionConfigEntry', api.made('CreateSessionOptions'), '', '1')).toThrow(
      /key/i,
    );
  });

  it('knows where the elements of an array lie, also within another, and they stay there', () => {
    const whole = Float32Array.of(1, 2, 3);
    const place = api.address(whole);
    expect(api.address(whole.subarray(1))).toBe(place + 4n);
    const others = Array.from({ length: 1000 }, () => new Float32Array(3));
    expect(new Set(others.map(api.address)).size).toBe(1000);
    expect(api.address(whole)).toBe(place);
  });
});
