/**
 * The choice that needs the fewest letters changed, added or left out to become the word: what
 * somebody who mistyped it may have meant. Undefined where more than a third of the word would
 * change, and for a single letter, which is near to every other.
 */
export function didYouMean(word: string, choices: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = word.length === 1 ? 1 : Math.ceil(word.length / 3) + 1;
  for (const choice of choices) {
    const changes = distance(word.toLowerCase(), choice.toLowerCase());
    if (changes < fewest) [best, fewest] = [choice, changes];
  }
  return best;
}

/** What an error says behind a rule of choices: `; did you mean fid?`, or nothing. */
export function hintOf(word: string, choices: readonly string[]): string {
  const near = didYouMean(word, choices);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

/** Levenshtein's distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
