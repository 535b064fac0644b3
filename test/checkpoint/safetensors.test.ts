import { describe, expect, it } from 'vitest';
import { Value } from 'weir-streams/engine';
import { layOut, readHeader, readTensors } from '../../src/checkpoint/safetensors.ts';
import { forge } from './small-checkpoint.ts';

const file = 'x.safetensors';
const f32 = (begin: number, end: number, shape: unknown = [(end - begin) / 4]) =>
  JSON.stringify({ dtype: 'F32', shape, data_offsets: [begin, end] });

function read(header: string | Uint8Array, bytes = 0): Map<string, Value> {
  const forged = forge(header, new Uint8Array(bytes));
  return readTensors(forged, readHeader(forged, file), file);
}

describe('layOut', () => {
  it('puts wide elements first, then names in order', () => {
    const tensors = new Map([
      ['b', new Value('bool', [1], Uint8Array.of(1))],
      ['z', Value.scalar(1)],
      ['a', Value.scalar(2)],
    ]);
    const [header, ...data] = layOut(tensors, { format: 'test' });
    expect(Buffer.from(header!).toString('utf8', 8).trimEnd()).toBe(
      '{"__metadata__":{"format":"test"},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},' +
        '"z":{"dtype":"F32","shape":[],"data_offsets":[4,8]},"b":{"dtype":"BOOL","shape":[1],"data_offsets":[8,9]}}',
    );
    expect(data.map((part) => part.length)).toEqual([4, 4, 1]);
  });
});

describe('readHeader and readTensors', () => {
  it('accept any sound file, in any order and spacing', () => {
    const tensors = read(
      `{ "b": ${f32(4, 8, [])}, "e": ${f32(4, 4, [0, 3])}, "a": ${f32(0, 4, [1, 1])} }  `,
      8,
    );
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ['a', [1, 1]],
      ['e', [0, 3]],
      ['b', []],
    ]);
  });

  it('copy, so that a tensor neither holds nor shares the bytes of the file', () => {
    const forged = forge(`{"a":${f32(0, 4)}}`, new Uint8Array(4));
    const tensors = readTensors(forged, readHeader(forged, file), file);
    forged.fill(1);
    expect(tensors.get('a')!.data.buffer.byteLength).toBe(4);
    expect(tensors.get('a')!.data[0]).toBe(0);
  });

  it('read from bytes at any place in memory', () => {
    const forged = forge(`{"a":${f32(0, 4)}}`, new Uint8Array(Float32Array.of(5).buffer));
    for (let shift = 0; shift < 8; shift++) {
      const shifted = new Uint8Array(forged.length + shift).subarray(shift);
      shifted.set(forged);
      expect(readTensors(shifted, readHeader(shifted, file), file).get('a')!.data[0]).toBe(5);
    }
  });

  it.each<[string, string, number, string]>([
    ['a hole before the first', `{"a":${f32(4, 8)}}`, 8, 'tensor a: expected no hole before it'],
    [
      'a hole between two',
      `{"a":${f32(0, 4)},"b":${f32(8, 12)}}`,
      12,
      'tensor b: expected no hole before it',
    ],
    ['an overlap', `{"a":${f32(0, 8)},"b":${f32(4, 12)}}`, 12, 'tensor b: expected no overlap'],
    ['two of one range', `{"a":${f32(0, 4)},"b":${f32(0, 4)}}`, 4, 'expected no overlap'],
    [
      'a duplicate with another range',
      `{"a":${f32(0, 4)},"a":${f32(4, 8)}}`,
      8,
      'expected no hole before it',
    ],
    ['data that goes on', `{"a":${f32(0, 4)}}`, 5, 'expected 4 bytes of data, got 5'],
    ['data that is cut off', `{"a":${f32(0, 4)}}`, 3, 'tensor a: expected data to the end'],
    ['data without a tensor', '{}', 1, 'expected 0 bytes of data, got 1'],
    ['too few bytes for the shape', `{"a":${f32(0, 4, [2])}}`, 4, 'expected 8 bytes for F32 [2], got 4'],
    ['too many bytes for a scalar', `{"a":${f32(0, 8, [])}}`, 8, 'expected 4 bytes for F32 [], got 8'],
    ['a negative dimension', `{"a":${f32(0, 4, [-1])}}`, 4, 'expected a shape of whole numbers'],
    ['a fraction as dimension', `{"a":${f32(0, 4, [1.5])}}`, 4, 'expected a shape of whole numbers'],
    ['a shape of text', `{"a":${f32(0, 4, ['1'])}}`, 4, 'expected a shape of whole numbers'],
    ['a shape that is no list', `{"a":${f32(0, 4, {})}}`, 4, 'expected a shape of whole numbers'],
    ['an overflow', `{"a":${f32(0, 4, [2 ** 40, 2 ** 40])}}`, 4, 'expected a shape that fits into memory'],
    [
      'an infinite dimension',
      '{"a":{"dtype":"F32","shape":[1e999],"data_offsets":[0,4]}}',
      4,
      'whole numbers',
    ],
    [
      'offsets in reverse',
      `{"a":${f32(4, 0, [1])}}`,
      4,
      'expected data_offsets of two whole numbers in order',
    ],
    [
      'negative offsets',
      `{"a":${f32(-4, 0, [1])}}`,
      4,
      'expected data_offsets of two whole numbers in order',
    ],
    ['fractional offsets', `{"a":${f32(0.5, 4.5, [1])}}`, 5, 'expected data_offsets of two whole numbers'],
    ['unsafe offsets', `{"a":${f32(0, 2 ** 53, [1])}}`, 4, 'expected data_offsets of two whole numbers'],
    ['one offset', '{"a":{"dtype":"F32","shape":[],"data_offsets":[0]}}', 4, 'expected data_offsets of two'],
    ['offsets behind the end', `{"a":${f32(0, 400)}}`, 4, 'expected data to the end'],
    [
      'an unknown type',
      '{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}',
      4,
      'expected dtype F32, I32 or BOOL',
    ],
    [
      'a type off the prototype',
      '{"a":{"dtype":"toString","shape":[],"data_offsets":[0,4]}}',
      4,
      'expected dtype',
    ],
    ['a missing member', '{"a":{"dtype":"F32","shape":[]}}', 4, 'expected dtype, shape and data_offsets'],
    [
      'an extra member',
      `{"a":${f32(0, 4).replace('{', '{"x":1,')}}`,
      4,
      'expected dtype, shape and data_offsets',
    ],
    ['a tensor that is a list', '{"a":[]}', 0, 'expected dtype, shape and data_offsets'],
    ['a tensor that is null', '{"a":null}', 0, 'expected dtype, shape and data_offsets'],
    ['a name with a space', `{"a b":${f32(0, 4)}}`, 4, 'expected a name of 1 to 256 letters'],
    ['the name __proto__', `{"__proto__":${f32(0, 4)}}`, 4, 'reserved'],
    ['a name within __proto__', `{"a/__proto__/polluted":${f32(0, 4)}}`, 4, 'reserved'],
    ['metadata that is a list', '{"__metadata__":[]}', 0, 'expected __metadata__ to be an object'],
    ['metadata with a number', '{"__metadata__":{"a":1}}', 0, 'expected text for __metadata__.a, got 1'],
    ['a header that is a list', '[]', 0, 'at byte 8: expected a header that begins with {'],
    ['a header that begins with a space', ' {}', 0, 'at byte 8: expected a header that begins with {'],
    ['no header', '', 8, 'at byte 8: expected a header that begins with {'],
    ['a header that is no JSON', '{"a":}', 0, 'at byte 8: expected a header of JSON in UTF-8'],
    ['a header with a NUL behind it', '{}\0', 0, 'at byte 8: expected a header of JSON in UTF-8'],
    ['a header with more behind it', '{}{}', 0, 'at byte 8: expected a header of JSON in UTF-8'],
  ])('refuse %s', (_, header, bytes, message) => {
    expect(() => read(header, bytes)).toThrow(expect.objectContaining({ code: 'CHECKPOINT_CORRUPT', file }));
    expect(() => read(header, bytes)).toThrow(message);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('refuse a header that is not UTF-8', () => {
    const header = Buffer.from('{"__metadata__":{"a":"x"}}');
    const at = header.indexOf('x');
    for (const byte of [0xff, 0xc0, 0xed]) {
      header[at] = byte;
      expect(() => read(header)).toThrow('expected a header of JSON in UTF-8');
    }
  });

  it.each([
    [100_000_001n, 'at byte 0: expected the length of a header, at most 100000000 bytes, got 100000001: '],
    [2n ** 64n - 1n, 'got 18446744073709551615: this is no safetensors file'],
    [100_000_000n, 'expected a header of 100000000 bytes, got 2 bytes: the file is cut off'],
    [3n, 'at byte 8: expected a header of 3 bytes, got 2 bytes: the file is cut off'],
  ])('refuse a header length of %i', (length, message) => {
    const forged = forge('{}');
    forged.writeBigUInt64LE(length);
    expect(() => readHeader(forged, file)).toThrow(message);
  });

  it('refuse what is shorter than a length', () => {
    for (let size = 0; size < 8; size++)
      expect(() => readHeader(new Uint8Array(size), file)).toThrow(`expected at least 8 bytes, got ${size}`);
  });
});
