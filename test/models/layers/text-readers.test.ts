import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { bagOfWords, gruReader, type Layer, wordCounts } from '../../../src/models/index.ts';
import { applied, both, bothNames, expectClose, parameters } from '../support.ts';

const tokens = 5;
/** One-hot tokens of texts, [count, length, tokens]. */
const texts = (...rows: number[][]) =>
  Value.of(
    rows.flatMap((row) =>
      row.flatMap((token) => Array.from({ length: tokens }, (_, i) => (i === token ? 1 : 0))),
    ),
    [rows.length, rows[0]!.length, tokens],
  );

describe.each(bothNames)('readers on %s', (name) => {
  const engine = both[name];

  it('count the words, and padding for nothing', () => {
    const { y } = applied(wordCounts(), texts([2, 4, 2, 0], [1, 0, 0, 0]), { engine });
    expectClose(y, Value.of([0, 2, 0, 1, 1, 0, 0, 0], [2, 4]));
  });

  it('average the embeddings of the words, in no order', () => {
    const initial = parameters({
      embedding: Value.of([1, 0, 2, 2, 0, 4, 6, 0], [4, 2]),
      kernel: Value.of([1, 0, 0, 2], [2, 2]),
      bias: Value.of([10, 0]),
    });
    // Tokens 2 and 3: the mean of (2, 2) and (0, 4) is (1, 3).
    const { y } = applied(bagOfWords(2), texts([2, 3, 0], [3, 2, 0], [4, 0, 0]), { engine, initial });
    expectClose(y, Value.of([11, 6, 11, 6, 16, 0], [3, 2]));
  });

  it('read word after word, and stand still at padding', () => {
    const gate = (input: number, recurrent: number, bias: number) => ({
      input: Value.filled([tokens, 1], input),
      recurrent: Value.filled([1, 1], recurrent),
      bias: Value.filled([1], bias),
    });
    const initial = parameters({
      update: gate(0.5, 0, 0),
      reset: gate(0, 1, 0),
      candidate: gate(1, 2, 0),
    });
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    let state = 0;
    for (let word = 0; word < 2; word++) {
      const candidate = Math.tanh(1 + 2 * sigmoid(state) * state);
      state += sigmoid(0.5) * (candidate - state);
    }
    const { y } = applied(gruReader(1), texts([2, 3, 0], [2, 3, 0]), { engine, initial });
    expectClose(y, Value.of([state, state], [2, 1]));
  });
});

describe('the recurrent reader', () => {
  it('hears the order of words, and no padding', () => {
    const { y } = applied(gruReader(3), texts([2, 3, 0, 0], [3, 2, 0, 0]));
    const short = applied(gruReader(3), texts([2, 3])).y;
    expectClose(Value.of(y.data.slice(0, 3)), Value.of(short.data));
    expect(y.data.slice(0, 3)).not.toEqual(y.data.slice(3));
  });

  it('refuses texts that are too long to unroll', () => {
    expect(() => gruReader(3).init(keyOf(1), [17, 5])).toThrow(
      'gruReader: length: expected a whole number from 1 to 16, got 17',
    );
  });
});

it.each<[string, (size: number) => Layer]>([
  ['bagOfWords', bagOfWords],
  ['gruReader', gruReader],
  ['wordCounts', wordCounts],
])('%s refuses what are no one-hot tokens', (name, make) => {
  expect(() => make(2).init(keyOf(1), [8])).toThrow(
    `${name}: expected one-hot tokens of [length, tokens from 3], got [8]`,
  );
});
