import { describe, expect, it } from 'vitest';
import { heldImages } from '../../src/data/held-images.ts';

const pixels = Uint8Array.of(0, 255, 51, 102, 153, 204);
const labels = Int32Array.of(2, 0, 1);
const classes = ['a', 'b', 'c'];

describe('heldImages', () => {
  it('reads images in the order asked for, from bytes to [-1, 1]', () => {
    const { examples } = heldImages({ name: 'tiny', shape: [1, 2, 1], pixels }).read([2, 0]);
    expect(examples.shape).toEqual([2, 1, 2, 1]);
    expect([...examples.data]).toEqual([153 / 127.5 - 1, 204 / 127.5 - 1, -1, 1].map(Math.fround));
  });

  it('has labels and classes where they are given', () => {
    const labelled = heldImages({ name: 'tiny', shape: [1, 2, 1], pixels, labels, classes });
    expect([...labelled.read([2, 0]).labels!.data]).toEqual([1, 2]);
    expect(labelled).toMatchObject({ kind: 'images', size: 3, shape: [1, 2, 1], classes });
    const plain = heldImages({ name: 'tiny', shape: [1, 2, 1], pixels });
    expect(plain).not.toHaveProperty('classes');
    expect(plain.read([0])).not.toHaveProperty('labels');
  });

  it('keeps the first ones under a limit', () => {
    const limited = heldImages({ name: 'tiny', shape: [1, 2, 1], pixels, labels, classes, limit: 2 });
    expect(limited.size).toBe(2);
    expect(() => limited.read([2])).toThrow('tiny: expected an index from 0 to 1, got 2');
    expect(heldImages({ name: 'tiny', shape: [1, 2, 1], pixels, limit: 9 }).size).toBe(3);
  });

  it('has a fingerprint of the shape, the pixels, the labels and nothing beyond the limit', () => {
    const form = { name: 'tiny', shape: [1, 2, 1], pixels, labels } as const;
    const changedLast = Uint8Array.of(0, 255, 51, 102, 153, 205);
    const prints = [
      heldImages(form),
      heldImages({ ...form, shape: [2, 1, 1] }),
      heldImages({ ...form, pixels: changedLast }),
      heldImages({ ...form, labels: Int32Array.of(2, 0, 0) }),
      heldImages({ ...form, limit: 2 }),
    ].map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(5);
    expect(heldImages({ ...form, pixels: changedLast, limit: 2 }).fingerprint).toBe(prints[4]);
    expect(heldImages({ ...form, name: 'other' }).fingerprint).toBe(prints[0]);
  });
});
