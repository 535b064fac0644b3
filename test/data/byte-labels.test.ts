import { describe, expect, it } from 'vitest';
import { byteLabels } from '../../src/data/byte-labels.ts';

describe('byteLabels', () => {
  it('names classes by number up to the highest label', () => {
    expect(byteLabels('l', Uint8Array.of(2, 0), { offset: 8, count: 2 })).toEqual({
      labels: Int32Array.of(2, 0),
      classes: ['0', '1', '2'],
    });
  });

  it('takes the names it is given', () => {
    const { classes } = byteLabels('l', Uint8Array.of(0), { offset: 0, count: 1, classes: ['cat', 'dog'] });
    expect(classes).toEqual(['cat', 'dog']);
  });

  it('refuses another number of labels than of images', () => {
    expect(() => byteLabels('l', Uint8Array.of(1, 2, 3), { offset: 8, count: 5 })).toThrow(
      'l: at byte 11: expected 5 labels, one for each image, got 3',
    );
  });

  it('refuses a label without a class, and says where it is', () => {
    const classes = ['a', 'b'];
    expect(() => byteLabels('l', Uint8Array.of(1, 0, 7), { offset: 8, count: 3, classes })).toThrow(
      'l: at byte 10: expected a label from 0 to 1, got 7',
    );
  });
});
