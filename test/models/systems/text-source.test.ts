import { expect, it } from 'vitest';
import { shapes, words } from '../../../src/data/index.ts';
import { keyOf, Value } from '../../../src/engine/index.ts';
import {
  bagOfWords,
  dense,
  matchingAware,
  nonSaturating,
  sgd,
  wordCounts,
} from '../../../src/models/index.ts';
import { textPair } from '../../../src/models/systems/text-pair.ts';
import { textSide } from '../../../src/models/systems/text-source.ts';
import { noise } from '../support.ts';

it('chooses other wrong sentences by another key', () => {
  const data = shapes({ side: 16 });
  const captions = data.captions([0, 1, 2]);
  const text = { tokens: data.tokeniser, reader: bagOfWords(4), viewer: dense(4), captions };
  const side = textSide('text-gan', text, [2]);
  expect(side).toMatchObject({ size: 4, learns: true, parts: { tokens: [8] } });
  const batch = data.read(Array.from({ length: 16 }, (_, i) => i));
  const chosen = [1, 2, 3, 4, 5].map((seed) => side.wrongOf(batch, keyOf(seed)).wrong.data.join());
  expect(new Set(chosen).size).toBeGreaterThan(2);
  expect(side.wrongOf(batch, keyOf(1)).wrong.data.join()).toBe(chosen[0]);
});

it('takes one word of another sentence where that is asked', () => {
  const data = shapes({ side: 16 });
  const text = {
    tokens: data.tokeniser,
    reader: wordCounts(),
    captions: ['a circle'],
    wrong: 'one word',
  } as const;
  const side = textSide('text-gan', text, [2]);
  const batch = data.read(Array.from({ length: 16 }, (_, i) => i));
  const [own, { wrong, mismatched }] = [side.of(batch), side.wrongOf(batch, keyOf(1))];
  const { length } = data.tokeniser;
  const changed = Array.from({ length: 16 }, (_, row) =>
    [...own.data.subarray(row * length, (row + 1) * length)].flatMap((token, i) =>
      token === wrong.data[row * length + i] ? [] : [i],
    ),
  );
  expect(changed.map((places) => places.length)).toEqual(new Array(16).fill(1));
  expect(new Set(changed.flat()).size).toBeGreaterThan(2);
  expect(mismatched.data).toEqual(Float32Array.of(1));
  expect(side.wrongOf(batch, keyOf(1)).wrong).toEqual(wrong);
  expect(side.wrongOf(batch, keyOf(2)).wrong).not.toEqual(wrong);
});

it('takes the whole other sentence where no word is at the same place', () => {
  const tokens = words(['red', 'large', 'circle'], 2);
  const text = { tokens, reader: wordCounts(), captions: ['circle'], wrong: 'one word' } as const;
  const rows = new Value('int32', [2, 2], Int32Array.of(3, 0, 3, 4));
  const batch = { examples: Value.filled([2, 2], 0), parts: { tokens: rows } };
  const { wrong } = textSide('text-gan', text, [2]).wrongOf(batch, keyOf(1));
  expect([...wrong.data]).toEqual([3, 4, 3, 0]);
});

it('refuses a weight of the divergence that is none', () => {
  const side = { trains: ['x'], optimizer: sgd({ rate: 1 }) };
  const text = textSide('text-gan', { embedding: 2, examples: noise('x', [3, 2]) }, [2]);
  const pair = { text, loss: matchingAware(nonSaturating()), critic: side, generator: side };
  const make = () => {
    throw new Error('not asked for');
  };
  expect(() => textPair({ ...pair, make, klWeight: -1 })).toThrow(
    'klWeight: expected a finite number from 0, got -1',
  );
  expect(textPair({ ...pair, make }).critic.trains).toEqual(['x']);
});
