import { Value } from '../engine/index.ts';
import type { Captioned } from './captioned.ts';
import type { Dataset } from './dataset.ts';
import { heldFingerprint } from './fingerprint.ts';
import { checkIndices } from './indices.ts';
import { words, wordsOf } from './words.ts';

/**
 * A dataset with sentences about its examples. An example with several is one for each of them. The
 * vocabulary is that of all sentences, sorted; the tokens of a sentence are as many as the longest
 * has words.
 * @param captions of each example, one or more
 * @throws RangeError for another number of lists, an empty list, or a caption without a word
 */
export function withCaptions(dataset: Dataset, captions: readonly (readonly string[])[]): Captioned {
  const { name } = dataset;
  if (captions.length !== dataset.size)
    throw new RangeError(
      `withCaptions: expected captions for the ${dataset.size} examples of ${name}, got ${captions.length}`,
    );
  const pairs = captions.flatMap((own, example) => own.map((caption) => ({ example, caption })));
  captions.forEach((own, example) => {
    if (own.length === 0 || own.some((caption) => wordsOf(caption).length === 0))
      throw new RangeError(`withCaptions: expected words in each caption, got none for example ${example}`);
  });
  const split = pairs.map(({ caption }) => wordsOf(caption));
  const vocabulary = [...new Set(split.flat())].sort();
  const length = split.reduce((most, { length }) => Math.max(most, length), 0);
  const tokeniser = words(vocabulary, length);
  const tokens = pairs.map(({ caption }) => tokeniser.encode(caption));
  return {
    ...dataset,
    size: pairs.length,
    parts: { ...dataset.parts, tokens: [length] },
    fingerprint: heldFingerprint({ captions }, Buffer.from(dataset.fingerprint)),
    tokeniser,
    ...(dataset.labelOf && { labelOf: (index: number) => dataset.labelOf!(pairs[index]!.example) }),
    ...(dataset.fileOf && { fileOf: (index: number) => dataset.fileOf!(pairs[index]!.example) }),
    captions: (indices) =>
      Array.from(checkIndices(name, indices, pairs.length), (index) => pairs[index]!.caption),
    read(indices) {
      const chosen = Array.from(checkIndices(name, indices, pairs.length));
      const batch = dataset.read(chosen.map((index) => pairs[index]!.example));
      const data = new Int32Array(chosen.length * length);
      chosen.forEach((index, i) => {
        data.set(tokens[index]!, i * length);
      });
      return {
        ...batch,
        parts: { ...batch.parts, tokens: new Value('int32', [chosen.length, length], data) },
      };
    },
  };
}
