import { describe, expect, it } from 'vitest';
import { words } from '../../src/data/index.ts';

const tokeniser = words(['red', 'circle', 'a', 'left2'], 4);

describe('words', () => {
  it('numbers words from 2, pads with 0, and takes 1 for unknown words', () => {
    expect(tokeniser).toMatchObject({ length: 4, size: 6 });
    expect([...tokeniser.encode('A red, big Circle!')]).toEqual([4, 2, 1, 3]);
    expect([...tokeniser.encode('left2')]).toEqual([5, 0, 0, 0]);
  });

  it('refuses a text of no words or too many', () => {
    expect(() => tokeniser.encode('...')).toThrow(
      new RangeError('words: expected a text of 1 to 4 words, got 0 in "..."'),
    );
    expect(() => tokeniser.encode('a a a a a')).toThrow('expected a text of 1 to 4 words, got 5');
  });

  it('refuses an unknown word with the known ones and the nearest', () => {
    expect(() => tokeniser.encodeKnown('--caption', 'a red circel')).toThrow(
      new RangeError(
        '--caption: expected words of the captions of the data (red, circle, a, left2), got "circel"; did you mean circle?',
      ),
    );
    expect([...tokeniser.encodeKnown('--caption', 'a red circle')]).toEqual([4, 2, 3, 0]);
  });

  it('refuses a vocabulary with a word twice, or one that it would split', () => {
    expect(() => words(['a', 'a'], 2)).toThrow('words: expected each word once, got "a" twice');
    expect(() => words(['A'], 2)).toThrow('words: expected words of lower-case letters and digits, got "A"');
    expect(() => words(['a b'], 2)).toThrow('got "a b"');
  });
});
