import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { heldFingerprint, madeFingerprint } from '../../src/data/fingerprint.ts';

describe('madeFingerprint', () => {
  it('shows the name, the version and the seed, and changes with each of them and with the constants', () => {
    const base = madeFingerprint('ring8', 1, 7, { radius: 2 });
    expect(base).toMatch(/^made:ring8\/1:seed=7:[0-9a-f]{16}$/);
    const others = [
      madeFingerprint('ring9', 1, 7, { radius: 2 }),
      madeFingerprint('ring8', 2, 7, { radius: 2 }),
      madeFingerprint('ring8', 1, 8, { radius: 2 }),
      madeFingerprint('ring8', 1, 7, { radius: 2.5 }),
    ];
    expect(new Set([base, ...others]).size).toBe(5);
    expect(madeFingerprint('ring8', 1, 7, { radius: 2 })).toBe(base);
  });
});

describe('heldFingerprint', () => {
  it('is the SHA-256 of the form and the bytes', () => {
    const sum = createHash('sha256')
      .update('{"size":2}')
      .update(Uint8Array.of(1, 2, 3))
      .digest('hex');
    expect(heldFingerprint({ size: 2 }, Uint8Array.of(1, 2), Uint8Array.of(3))).toBe(`sha256:${sum}`);
  });

  it('changes with one byte', () => {
    expect(heldFingerprint({}, Uint8Array.of(1, 2))).not.toBe(heldFingerprint({}, Uint8Array.of(1, 3)));
  });
});
