import { choice, element } from './dom.js';

/**
 * A caption to choose or to write.
 * @param {readonly string[]} captions
 * @param {number} length tokens of every caption
 * @param {(tokens: Int32Array | undefined) => void} changed
 */
export function wordsField(captions, length, changed) {
  const words = element('input', { type: 'text', placeholder: captions[0] ?? '' });
  const trouble = element('p', { className: 'quiet' });
  const read = () => {
    const found = words.value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const unknown = found.filter((word) => !(weirModel.vocabulary ?? []).includes(word));
    trouble.textContent =
      found.length > length
        ? `At most ${length} words.`
        : unknown.length > 0
          ? `Unknown: ${unknown.join(', ')}. Known: ${(weirModel.vocabulary ?? []).join(', ')}.`
          : '';
    if (trouble.textContent !== '') return;
    changed(found.length === 0 ? undefined : tokensOf(found, length));
  };
  words.addEventListener('change', read);
  return element(
    'div',
    {},
    choice('caption', ['all in turn', ...captions], (chosen) => {
      words.value = chosen === 0 ? '' : (captions[chosen - 1] ?? '');
      read();
    }),
    element(
      'label',
      { className: 'field' },
      element('span', { className: 'quiet' }, 'or your own words'),
      words,
    ),
    trouble,
  );
}

/**
 * As the data encodes captions: 0 is padding, words begin at 2.
 * @param {readonly string[]} words @param {number} length
 */
function tokensOf(words, length) {
  const tokens = new Int32Array(length);
  words.forEach((word, i) => {
    tokens[i] = 2 + (weirModel.vocabulary ?? []).indexOf(word);
  });
  return tokens;
}
