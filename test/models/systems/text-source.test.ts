import { expect, it } from 'vitest';
import { shapes } from '../../../src/data/index.ts';
import { keyOf } from '../../../src/engine/index.ts';
import { bagOfWords, dense } from '../../../src/models/index.ts';
import { textSide } from '../../../src/models/systems/text-source.ts';

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
