import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckpointCorruptError, CheckpointForeignError, decode } from 'weir-streams/checkpoint';
import { type Data, flattenTree, sizeOf, unflattenTree, Value } from 'weir-streams/engine';
import { nameProblem } from '../../src/checkpoint/tensor-name.ts';
import { bytesOf, forge, head, padded, smallCheckpoint } from './small-checkpoint.ts';

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** Values with any bits, so with every NaN there is. */
const values = fc
  .tuple(fc.constantFrom('float32', 'int32', 'bool'), fc.array(fc.nat(4), { maxLength: 3 }))
  .chain(([dtype, shape]) => {
    const length = sizeOf(shape) * arrays[dtype].BYTES_PER_ELEMENT;
    return fc
      .uint8Array({ minLength: length, maxLength: length, max: dtype === 'bool' ? 1 : 255 })
      .map((bytes) => new Value(dtype, shape, new arrays[dtype](bytes.buffer) as Data));
  });
const names = fc.stringMatching(/^[\w./@-]{1,20}$/).filter((name) => nameProblem(name) === undefined);

const plain = ({ dtype, shape, data }: Value) => ({
  dtype,
  shape: [...shape],
  bits: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex'),
});
const plainMap = (tensors: ReadonlyMap<string, Value>) =>
  Object.fromEntries([...tensors].map(([path, value]) => [path, plain(value)]));

describe('decode', () => {
  it('gives back what was encoded, bit by bit', () => {
    fc.assert(
      fc.property(fc.dictionary(names, values, { maxKeys: 8 }), fc.nat(), (tensors, index) => {
        const tree = { ...tensors };
        const decoded = decode(bytesOf({ tensors: tree, state: { index } }));
        expect(decoded.state).toEqual({ index });
        expect(plainMap(decoded.tensors)).toEqual(plainMap(flattenTree(tree)));
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('gives what unflatten makes the live tree of, empty branches and order included', () => {
    const { tensors } = smallCheckpoint();
    const tree = unflattenTree(decode(bytesOf(smallCheckpoint())).tensors, tensors);
    expect(Object.keys(tree)).toEqual(Object.keys(tensors));
    expect((tree.critic as { 1: unknown })[1]).toEqual({});
    expect(plainMap(flattenTree(tree))).toEqual(plainMap(flattenTree(tensors)));
  });

  it('reads the checkpoint that the first version wrote', () => {
    const { tensors, state } = smallCheckpoint();
    const decoded = decode(readFileSync(join(import.meta.dirname, 'fixtures', 'weir-1.safetensors')));
    expect(decoded.state).toEqual(state);
    expect(plainMap(decoded.tensors)).toEqual(plainMap(flattenTree(tensors)));
  });

  it('refuses every truncation, and anything behind the end', () => {
    const bytes = bytesOf(smallCheckpoint());
    for (let length = 0; length < bytes.length; length++)
      expect(() => decode(bytes.subarray(0, length))).toThrow(CheckpointCorruptError);
    expect(() => decode(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(CheckpointCorruptError);
  });

  it('refuses every flip of one bit', () => {
    const bytes = bytesOf(smallCheckpoint());
    const before = Buffer.from(bytes);
    const silent: number[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      try {
        decode(bytes);
        silent.push(bit);
      } catch (error) {
        // A flip within the format name makes the file look like that of another program.
        if (!(error instanceof CheckpointCorruptError || error instanceof CheckpointForeignError))
          throw error;
      }
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(bytes.equals(before)).toBe(true);
    expect(silent).toEqual([]);
  });

  it('refuses data that belongs to another checkpoint', () => {
    const [one, other] = [bytesOf(smallCheckpoint(1)), bytesOf(smallCheckpoint(2))];
    const cut = Number(one.readBigUInt64LE()) + 8;
    expect(other.readBigUInt64LE()).toBe(one.readBigUInt64LE());
    const mixed = Buffer.concat([one.subarray(0, cut), other.subarray(cut)]);
    expect(() => decode(mixed, 'mixed')).toThrow('mixed: expected the content that was written');
  });

  const tensor = '"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';
  const data = new Uint8Array(4);

  it('accepts what a hand writes by all rules', () => {
    const { tensors, state } = decode(forge(padded(`${head},${tensor}}`), data));
    expect(state).toEqual({ index: 3 });
    expect([...tensors.keys()]).toEqual(['a']);
  });

  it.each([
    ['the same tensor twice', padded(`${head},${tensor},${tensor}}`)],
    ['a number in another notation', padded(`${head},${tensor.replace('[0,4]', '[0,4.0]')}}`)],
    ['an escape where none is needed', padded(`${head},${tensor.replace('"a"', '"\\u0061"')}}`)],
    ['other space', `${head},${tensor}}`.padEnd(200, '\n')],
    ['too much padding', `${padded(`${head},${tensor}}`)}        `],
    ['one more member of the metadata', padded(`${head.slice(0, -1)},"x":""},${tensor}}`)],
    ['members in another order', padded(`{${tensor},${head.slice(1)}}`)],
  ])('refuses %s although the hash is right', (_, header) => {
    expect(() => decode(forge(header, data))).toThrow(CheckpointCorruptError);
  });

  it.each([
    ['no JSON', '{', 'JSON'],
    ['keys out of order', '{\\"seed\\":1,\\"index\\":3}', 'sorted keys'],
    ['no index', '{}', 'state.index: expected a whole number'],
    ['a list', '[]', 'state: expected an object, got Array'],
    ['null', 'null', 'state: expected an object, got null'],
    [
      'a key out of the prototype',
      '{\\"__proto__\\":{\\"polluted\\":1},\\"index\\":3}',
      'expected no key __proto__',
    ],
  ])('refuses a state that is %s although the hash is right', (_, state, message) => {
    const header = padded(`${head.replace('{\\"index\\":3}', state)}}`);
    expect(() => decode(forge(header))).toThrow(expect.objectContaining({ place: '__metadata__.state' }));
    expect(() => decode(forge(header))).toThrow(message);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('refuses a truth value that is neither true nor false', () => {
    const header = padded(`${head},"a":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}`);
    expect(() => decode(forge(header, Uint8Array.of(2)))).toThrow('tensor a: expected 0 and 1');
  });

  it('tells what a file of another program is', () => {
    const torch = forge(
      '{"__metadata__":{"format":"pt"},"conv1.weight":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}',
      data,
    );
    expect(() => decode(torch, 'model.safetensors')).toThrow(
      new CheckpointForeignError(
        'model.safetensors',
        'expected a checkpoint of Weir, got a safetensors file of another program (format "pt", 1 tensors, the first is "conv1.weight")',
      ),
    );
    expect(() => decode(forge('{}'), 'empty')).toThrow('another program (format undefined, 0 tensors)');
  });

  it('tells the format of another version', () => {
    expect(() => decode(forge('{"__metadata__":{"format":"weir/2"}}'), 'new')).toThrow(
      'new: expected a checkpoint of format weir/1, got "weir/2": read it with the version of Weir that wrote it',
    );
  });

  it('refuses pictures, archives, text and random bytes', () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const zip = Buffer.from('504b03041400000008000000', 'hex');
    for (const bytes of [png, zip, Buffer.from('{"index": 3}'), Buffer.alloc(64), Buffer.alloc(64, 0xff)])
      expect(() => decode(bytes)).toThrow(CheckpointCorruptError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => decode(bytes)).toThrow(CheckpointCorruptError);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
