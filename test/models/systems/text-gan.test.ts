import { describe, expect, it } from 'vitest';
import { shapes } from '../../../src/data/index.ts';
import { keyOf, Value } from '../../../src/engine/index.ts';
import {
  type Batch,
  bagOfWords,
  concatEmbedding,
  dense,
  matchingAware,
  mlpCritic,
  mlpGenerator,
  nonSaturating,
  projection,
  type ReadText,
  type System,
  sgd,
  type TextGanOptions,
  textGan,
  train,
  wordCounts,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames, noise } from '../support.ts';
import { changed } from './changed.ts';
import { systemLaws } from './system-laws.ts';

const { tokeniser } = shapes();
const captions = ['a small red circle at the left', 'a large blue ring in the centre'];
const size = 4;
const sgdOf = () => sgd({ rate: 0.05 });
const reading: ReadText = { tokens: tokeniser, reader: bagOfWords(size), viewer: dense(size), captions };

/** Points for pictures: what is learned of them does not matter here. */
const options = {
  text: reading,
  critic: mlpCritic({ width: 6, depth: 1, head: projection(size) }),
  generator: mlpGenerator({ width: 6, depth: 1, outputs: 2, first: [concatEmbedding(size, 3)] }),
  latent: 2,
  loss: matchingAware(nonSaturating(), { interpolated: 1 }),
  optimizers: { reader: sgdOf(), critic: sgdOf(), generator: sgdOf() },
  average: 0.9,
} satisfies TextGanOptions;

function batchAt(index: number, texts?: readonly string[]): Batch {
  const own = texts ?? shapes({ seed: index }).captions([0, 1, 2, 3, 4, 5]);
  const tokens = Int32Array.from(own.flatMap((text) => [...tokeniser.encode(text)]));
  return {
    examples: noise(`points ${index}`, [own.length, 2]),
    parts: { tokens: new Value('int32', [own.length, tokeniser.length], tokens) },
  };
}

systemLaws(() => textGan(options) as System, batchAt);

describe.each(bothNames)('text-gan on %s', (name) => {
  it("leaves all that is not the player's own as it is, to the bit", () => {
    const trainer = train(textGan(options) as System, both[name], { seed: 1 });
    const own = {
      reader: ['optimizer/reader', 'reader/weights', 'viewer/weights'],
      critic: ['critic/weights', 'optimizer/critic'],
      generator: ['average', 'generator/weights', 'optimizer/generator'],
    };
    expect(trainer.system.players).toEqual(Object.keys(own));
    for (const [player, branches] of Object.entries(own)) {
      const before = trainer.save().tensors;
      trainer.step({ index: trainer.index, player, batch: batchAt(trainer.index) });
      const touched = changed(before, trainer.save().tensors).map((path) =>
        path.startsWith('average') ? 'average' : path.split('/').slice(0, 2).join('/'),
      );
      for (const path of touched) expect(branches, player).toContain(path);
      expect(touched).toContain(
        branches.at(-1) === 'viewer/weights' ? 'reader/weights' : `${player}/weights`,
      );
    }
    trainer.close();
  });

  it('tells what each player does', () => {
    const trainer = train(textGan(options) as System, both[name], { seed: 1 });
    const told = trainer.system.players.map((player, index) =>
      Object.keys((trainer.step({ index, player, batch: batchAt(index) }) as StepEvent).values),
    );
    expect(told[0]).toEqual(['loss', 'retrieval']);
    expect(told[1]).toEqual(
      expect.arrayContaining(['loss', 'realScore', 'fakeScore', 'wrongScore', 'diversity']),
    );
    expect(told[2]).toEqual(expect.arrayContaining(['loss', 'fakeScore', 'interpolatedScore']));
    trainer.close();
  });
});

describe('textGan', () => {
  it('has no reader to teach where nothing trains it', () => {
    const { reader: _, ...optimizers } = options.optimizers;
    const counted = { tokens: tokeniser, reader: wordCounts(), captions };
    const wide = tokeniser.size - 1;
    const system = textGan({
      ...options,
      text: counted,
      critic: mlpCritic({ width: 6, depth: 1, head: projection(wide) }),
      generator: mlpGenerator({ width: 6, depth: 1, outputs: 2, first: [concatEmbedding(wide, 3)] }),
      optimizers,
    });
    expect(system.players).toEqual(['critic', 'generator']);
    const trainer = train(system as System, both.onnx);
    for (const player of system.players)
      trainer.step({ index: trainer.index, player, batch: batchAt(trainer.index) });
    trainer.close();
  });

  it('learns from embeddings of elsewhere without a reader', async () => {
    const examples = noise('embeddings', [3, size]);
    const system = textGan({ ...options, text: { embedding: size, examples } });
    expect(system.players).toEqual(['critic', 'generator']);
    const trainer = train(system as System, both.onnx);
    const batch = { ...batchAt(0), parts: { embedding: noise('batch', [6, size]) } };
    trainer.step({ index: 0, player: 'critic', batch });
    expect((await trainer.sample(5)).shape).toEqual([5, 2]);
    expect(() => trainer.step({ index: 1, player: 'critic', batch: batchAt(1) })).toThrow(
      'text-gan: expected batches with embedding of [6,4], got none',
    );
    await expect(trainer.sample(2, 0, { caption: 'a circle' })).rejects.toThrow('has no words');
    trainer.close();
  });

  it('shows the critic no sentence twice as the wrong one, and none where all are equal', () => {
    const system = textGan(options);
    const step = { index: 0, player: 'critic' as const };
    const given = system.inputs({ ...step, batch: batchAt(3) }, keyOf(1)) as Record<string, Value>;
    const rows = (value: Value) =>
      Array.from({ length: 6 }, (_, i) => value.data.slice(8 * i, 8 * i + 8).join());
    const [right, wrong] = [rows(given.text!), rows(given.wrong!)];
    right.forEach((text, i) => {
      expect(wrong[i]).not.toBe(text);
      expect(right).toContain(wrong[i]);
    });
    expect(given.mismatched!.data[0]).toBe(1);
    const twice = system.inputs(
      { ...step, batch: batchAt(3, ['a ring', 'a ring', 'a cross', 'a ring']) },
      keyOf(1),
    ) as Record<string, Value>;
    expect(twice.wrong!.data[1]).not.toBe(twice.text!.data[1]! + 1);
    const alike = system.inputs(
      { ...step, batch: batchAt(3, ['a ring', 'a ring']) },
      keyOf(1),
    ) as typeof given;
    expect(alike.mismatched!.data[0]).toBe(0);
  });

  it('draws samples of its captions in turn, or of the one that is asked for', async () => {
    const system = textGan(options);
    const { text } = system.samplerInputs(3, keyOf(1)) as { text: Value };
    expect(text.data.slice(0, 8)).toEqual(tokeniser.encode(captions[0]!));
    expect(text.data.slice(8, 16)).toEqual(tokeniser.encode(captions[1]!));
    expect(text.data.slice(16)).toEqual(tokeniser.encode(captions[0]!));
    const trainer = train(system as System, both.cpu, { seed: 3 });
    const [first] = [(await trainer.sample(1)).data];
    expect((await trainer.sample(1, 0, { caption: captions[0]! })).data).toEqual(first);
    expect((await trainer.sample(1, 0, { caption: captions[1]! })).data).not.toEqual(first);
    await expect(trainer.sample(1, 0, { caption: 'a crimson ring' })).rejects.toThrow(
      /^caption: expected words of the captions of the data \(.*\), got "crimson"$/,
    );
    trainer.close();
  });

  it.each<[string, Partial<TextGanOptions>]>([
    [
      'optimizers: expected one of the reader, which learns, got none',
      {
        optimizers: { critic: sgdOf(), generator: sgdOf() },
      },
    ],
    ['text: viewer: expected [4], as the reader gives, got [3]', { text: { ...reading, viewer: dense(3) } }],
    [
      'text: captions: expected one or more to draw samples for, got none',
      { text: { ...reading, captions: [] } },
    ],
    [
      'text: viewer: expected one for a reader that has weights to learn, got none',
      { text: { tokens: tokeniser, reader: bagOfWords(size), captions } },
    ],
    [
      'text: examples: expected [count, 4], got [2,3]',
      { text: { embedding: 4, examples: Value.filled([2, 3], 1) } },
    ],
    ['critic: expected one score for an example, [1], got [2]', { critic: dense(2) }],
    ['latent: expected a whole number from 1, got 0', { latent: 0 }],
  ])('refuses: %s', (message, wrong) => {
    expect(() => textGan({ ...options, ...wrong })).toThrow(new RangeError(`text-gan: ${message}`));
  });

  it('refuses batches without tokens, and tokens of another length', () => {
    const system = textGan(options);
    const step = { index: 0, player: 'critic' as const };
    const { examples } = batchAt(0);
    expect(() => system.inputs({ ...step, batch: { examples } }, keyOf(1))).toThrow(
      'text-gan: expected batches with tokens of [6,8], got none',
    );
    const tokens = Value.zeros('int32', [6, 9]);
    expect(() => system.inputs({ ...step, batch: { examples, parts: { tokens } } }, keyOf(1))).toThrow(
      'text-gan: expected batches with tokens of [6,8], got [6,9]',
    );
  });
});
