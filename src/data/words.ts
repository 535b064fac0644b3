import { hintOf, show } from '../base/index.ts';

/** Turns a text into whole numbers, one for each of its words. */
export interface Tokeniser {
  /** Tokens of every text: those of its words, then zeros. */
  readonly length: number;
  /** How many different tokens there are, those of padding and of unknown words included. */
  readonly size: number;
  /** The known words, in the order of their tokens. */
  readonly vocabulary: readonly string[];
  /**
   * The tokens of a text: 0 where there is no word any more, 1 for an unknown word, else 2 and the
   * place of the word in the vocabulary.
   * @throws RangeError for a text without words, or of more than `length`
   */
  encode(text: string): Int32Array;
  /**
   * The same for a caption that a user gives. @param name of the option, for the message
   * @throws RangeError also for a word that is unknown, naming those that are known
   */
  encodeKnown(name: string, text: string): Int32Array;
}

/** The most words that a message lists. */
const wordsShown = 60;

/** The words of a text: lower case, split at everything but letters and digits. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * A tokeniser by words: lower case, split at everything but letters and digits.
 * @param vocabulary the known words, each once
 * @param length tokens of every text
 * @throws RangeError for words that `wordsOf` would change or split, or that come twice
 */
export function words(vocabulary: readonly string[], length: number): Tokeniser {
  const tokens = new Map<string, number>();
  for (const word of vocabulary) {
    if (wordsOf(word).join(' ') !== word || word.includes(' ') || word === '')
      throw new RangeError(`words: expected words of lower-case letters and digits, got ${show(word)}`);
    if (tokens.has(word)) throw new RangeError(`words: expected each word once, got ${show(word)} twice`);
    tokens.set(word, tokens.size + 2);
  }

  function encode(name: string, text: string, unknown: (word: string) => number): Int32Array {
    const found = wordsOf(text);
    if (found.length === 0 || found.length > length)
      throw new RangeError(
        `${name}: expected a text of 1 to ${length} words, got ${found.length} in ${show(text)}`,
      );
    const encoded = new Int32Array(length);
    found.forEach((word, i) => {
      encoded[i] = tokens.get(word) ?? unknown(word);
    });
    return encoded;
  }

  return {
    length,
    size: vocabulary.length + 2,
    vocabulary,
    encode: (text) => encode('words', text, () => 1),
    encodeKnown: (name, text) =>
      encode(name, text, (word) => {
        throw new RangeError(unknownWord(name, word, vocabulary));
      }),
  };
}

function unknownWord(name: string, word: string, vocabulary: readonly string[]): string {
  const more = vocabulary.length > wordsShown ? ` and ${vocabulary.length - wordsShown} more` : '';
  const known = `${vocabulary.slice(0, wordsShown).join(', ')}${more}`;
  return `${name}: expected words of the captions of the data (${known}), got ${show(word)}${hintOf(word, vocabulary)}`;
}
