import * as tf from '@tensorflow/tfjs-core';
import { chooseRows, fold, integer, type Key, keyOf, Value } from '../../engine/index.ts';
import type { Layer } from '../layers/layer.ts';
import type { Network } from '../layers/network.ts';
import { retrievalShare, textMatching } from '../losses/text-matching.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { Batch } from '../system.ts';
import type { PlayerRule } from './game.ts';
import type { Member } from './member.ts';
import { type PartRule, rule } from './require-parts.ts';

/** What captions are in numbers: the tokeniser of a captioned dataset is one. */
export interface CaptionTokens {
  /** Tokens of a caption; 0 is padding. */
  readonly length: number;
  /** How many different tokens there are. */
  readonly size: number;
  encode(text: string): Int32Array;
  /** The same, and refuses an unknown word. @throws RangeError naming the option */
  encodeKnown(name: string, text: string): Int32Array;
}

/** Captions as words, the part `tokens` of a batch, and the network that reads them. */
export interface ReadText {
  readonly tokens: CaptionTokens;
  /** From one-hot tokens, [length, tokens], to the description of a sentence, [size]. */
  readonly reader: Layer;
  /**
   * From an example to [size]: reader and viewer learn together which captions belong to which
   * examples. Without it nothing trains the reader, which must have no weights.
   */
  readonly viewer?: Layer;
  /** What samples are drawn for, in turn. */
  readonly captions: readonly string[];
  /**
   * What a wrong caption is: that of another example, or the right one with one word of another's
   * at the same place, which a critic must read more closely. @default 'another'
   */
  readonly wrong?: 'another' | 'one word';
}

/** Descriptions of sentences from elsewhere, the part `embedding` of a batch. */
export interface EmbeddedText {
  /** Numbers of a description. */
  readonly embedding: number;
  /** What samples are drawn for, in turn: [count, embedding]. */
  readonly examples: Value;
}

/** Where a system has its descriptions of sentences from. */
export type TextSource = ReadText | EmbeddedText;

/** The text side of a system. */
export interface TextSide {
  /** Numbers of a description. */
  readonly size: number;
  /** What a batch must have for it. */
  readonly parts: Readonly<Record<string, readonly number[]>>;
  readonly networks: Readonly<Record<string, Member>>;
  /** Whether a player `reader` learns before the others begin. */
  readonly learns: boolean;
  /** The text of a batch, [count, ...]. */
  of(batch: Batch): Value;
  /**
   * For each example the text of another one, which differs from its own; `mismatched`, a scalar,
   * is 0 where all texts of the batch are equal.
   */
  wrongOf(batch: Batch, key: Key): { readonly wrong: Value; readonly mismatched: Value };
  /** The descriptions of texts, [count, size]; nothing is trained by them. */
  describe(all: Readonly<Record<string, Network>>, text: tf.Tensor): tf.Tensor2D;
  /** The texts that samples `first` (0 by default) and on are drawn for. */
  draw(count: number, first?: number): Value;
  /** A caption, `count` times. @throws RangeError for unknown words, or without a tokeniser */
  asked(caption: string, count: number): Value;
}

const read = rule.group({
  tokens: rule.withMembers('the tokens of captions', 'length', 'size', 'encode'),
  reader: rule.layer,
  viewer: rule.optional(rule.layer),
  captions: rule.list,
});

/** Refuses what is no source of descriptions. @throws TypeError or RangeError naming the option */
export const requireText: PartRule = (name, value) => {
  const given = Object(value) as object;
  if ('embedding' in given) rule.group({ embedding: rule.count, examples: rule.value })(name, given);
  else read(name, value);
};

/** Numbers of the descriptions of a source. */
export function descriptionSize(source: TextSource): number {
  if ('embedding' in source) return source.embedding;
  const { reader, tokens } = source;
  return reader.init(keyOf(0), [tokens.length, tokens.size]).shape[0] ?? 0;
}

/** The optimiser of a reader that learns. @throws RangeError naming the system without one */
export function requireReader(name: string, optimizer: Optimizer | undefined): Optimizer {
  if (optimizer !== undefined) return optimizer;
  throw new RangeError(`${name}: optimizers: expected one of the reader, which learns, got none`);
}

/**
 * The text side of a source, for a system of that name which makes examples of that shape.
 * @throws RangeError naming the option that is wrong
 */
export function textSide(system: string, source: TextSource, shape: readonly number[]): TextSide {
  return 'embedding' in source ? embedded(system, source) : readByWords(system, source, shape);
}

function embedded(system: string, { embedding, examples }: EmbeddedText): TextSide {
  if (examples.shape.length !== 2 || examples.shape[1] !== embedding)
    throw new RangeError(
      `${system}: text: examples: expected [count, ${embedding}], got [${examples.shape}]`,
    );
  return {
    ...shared(embedding, 'embedding'),
    parts: { embedding: [embedding] },
    networks: {},
    learns: false,
    describe: (_, text) => text as tf.Tensor2D,
    draw: (count, first) => rowsOf(examples, inTurn(count, examples.shape[0]!, first)),
    asked() {
      throw new RangeError(
        `caption: expected none, since ${system} learns from embeddings and has no words, got one`,
      );
    },
  };
}

function readByWords(system: string, source: ReadText, shape: readonly number[]): TextSide {
  const { tokens, reader, viewer, captions } = source;
  if (captions.length === 0)
    throw new RangeError(`${system}: text: captions: expected one or more to draw samples for, got none`);
  const input = [tokens.length, tokens.size];
  const initial = reader.init(keyOf(0), input);
  const [size = 0] = initial.shape;
  if (initial.shape.length !== 1)
    throw new RangeError(`${system}: text: reader: expected a description of [size], got [${initial.shape}]`);
  const seen = viewer?.init(keyOf(0), shape).shape;
  if (seen !== undefined && seen.join() !== String(size))
    throw new RangeError(`${system}: text: viewer: expected [${size}], as the reader gives, got [${seen}]`);
  if (viewer === undefined && Object.keys(initial.weights).length > 0)
    throw new RangeError(
      `${system}: text: viewer: expected one for a reader that has weights to learn, got none`,
    );
  const tokensOf = (texts: readonly string[], encode: (text: string) => Int32Array) =>
    new Value(
      'int32',
      [texts.length, tokens.length],
      Int32Array.from(texts.flatMap((text) => [...encode(text)])),
    );
  const drawn = tokensOf(captions, (text) => tokens.encode(text));
  return {
    ...shared(size, 'tokens', source.wrong),
    parts: { tokens: [tokens.length] },
    networks: {
      reader: { layer: reader, input },
      ...(viewer && { viewer: { layer: viewer, input: shape } }),
    },
    learns: viewer !== undefined,
    describe: ({ reader: read }, text) => read!.settled(oneHotTokens(text, tokens.size)).y as tf.Tensor2D,
    draw: (count, first) => rowsOf(drawn, inTurn(count, captions.length, first)),
    asked: (caption, count) =>
      tokensOf(new Array<string>(count).fill(caption), (text) => tokens.encodeKnown('caption', text)),
  };
}

function shared(
  size: number,
  part: 'tokens' | 'embedding',
  wrong: ReadText['wrong'] = 'another',
): Pick<TextSide, 'size' | 'of' | 'wrongOf'> {
  const of = (batch: Batch) => batch.parts![part]!;
  return {
    size,
    of,
    wrongOf(batch, key) {
      const text = of(batch);
      const rows = otherRows(text, key);
      const others = rowsOf(text, rows ?? inTurn(text.shape[0]!, text.shape[0]!));
      return {
        wrong: wrong === 'another' ? others : oneWordOf(text, others, key),
        mismatched: Value.scalar(rows ? 1 : 0),
      };
    },
  };
}

/**
 * For each row the number of one that differs: the first from a drawn distance on. Undefined where
 * all rows are equal.
 */
function otherRows({ shape, data }: Value, key: Key): Int32Array | undefined {
  const [count = 0, width = 0] = shape;
  const texts = Array.from({ length: count }, (_, row) => data.slice(row * width, (row + 1) * width).join());
  if (texts.every((text) => text === texts[0])) return undefined;
  const shift = 1 + integer(fold(key, 'wrong'), count - 1);
  return Int32Array.from(texts, (own, row) => {
    let other = (row + shift) % count;
    while (texts[other] === own) other = (other + 1) % count;
    return other;
  });
}

/**
 * Each text with one token of another at a drawn place where both have a word and differ; the whole
 * other text where there is no such place.
 */
function oneWordOf(text: Value, others: Value, key: Key): Value {
  const [count = 0, width = 0] = text.shape;
  const data = Int32Array.from(text.data);
  for (let row = 0; row < count; row++) {
    const own = text.data.subarray(row * width, (row + 1) * width);
    const other = others.data.subarray(row * width, (row + 1) * width);
    const places = [...own.keys()].filter((i) => own[i] !== other[i] && own[i] !== 0 && other[i] !== 0);
    if (places.length === 0) data.set(other, row * width);
    else {
      const place = places[integer(fold(fold(key, 'word'), row), places.length)]!;
      data[row * width + place] = other[place]!;
    }
  }
  return new Value('int32', text.shape, data);
}

const inTurn = (count: number, of: number, first = 0) =>
  Int32Array.from({ length: count }, (_, i) => (first + i) % of);

const rowsOf = (value: Value, rows: Int32Array) => chooseRows(value, rows.length, (i) => rows[i]!);

/** Tokens as one-hot rows of float32: [count, length] to [count, length, tokens]. */
function oneHotTokens(text: tf.Tensor, size: number): tf.Tensor {
  return tf.cast(tf.oneHot(text as tf.Tensor2D, size), 'float32');
}

/**
 * The player that teaches reader and viewer which texts belong to which examples, its inputs being
 * `real` and `text`. Reports `loss` and `retrieval`, the share of examples whose text has the
 * highest score of the batch.
 */
export function readerRule({ tokens }: ReadText, optimizer: Optimizer): PlayerRule<string, string> {
  return {
    trains: ['reader', 'viewer'],
    optimizer,
    loss({ reader, viewer }, { real, text }) {
      const words = oneHotTokens(text!, tokens.size);
      const [read, viewed] = [reader!(words).y, viewer!(real!).y] as [tf.Tensor2D, tf.Tensor2D];
      const flat = tf.reshape(words, [words.shape[0]!, -1]) as tf.Tensor2D;
      const same = tf.cast(
        tf.equal(tf.matMul(flat, flat, false, true), tokens.length),
        'float32',
      ) as tf.Tensor2D;
      return {
        loss: textMatching(viewed, read, same),
        values: { retrieval: retrievalShare(viewed, read, same) },
      };
    },
  };
}
