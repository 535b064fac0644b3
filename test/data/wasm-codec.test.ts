import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CodecFactory, wasmCodec } from '../../src/data/wasm-codec.ts';
import { folderWith } from './temporary.ts';

const picture = { width: 1, height: 1, data: [1, 2, 3, 255] };

describe('wasmCodec', () => {
  it('loads when it is first used, once, and again after a failure', async () => {
    const wasm = join(folderWith(), 'codec.wasm');
    writeFileSync(wasm, 'binary');
    const made: string[] = [];
    const factory: CodecFactory = async ({ wasmBinary, printErr }) => {
      made.push(Buffer.from(wasmBinary).toString());
      return {
        decode(bytes, option) {
          if (bytes.length === 0) return null;
          printErr(`odd ${bytes[0]} ${option}`);
          if (bytes[0] === 9) throw new Error('exit(1)');
          return picture;
        },
      };
    };
    const codec = wasmCodec(async () => factory, wasm, true);
    expect(() => codec.decode(Uint8Array.of(1))).toThrow('the decoder is not loaded');
    expect(made).toEqual([]);
    await codec.load();
    expect(codec.decode(Uint8Array.of(1))).toEqual({ picture, complaints: ['odd 1 true'] });
    await codec.load();
    expect(codec.decode(Uint8Array.of(2)).complaints).toEqual(['odd 2 true']);
    expect(made).toEqual(['binary']);
    expect(() => codec.decode(Uint8Array.of(9))).toThrow('odd 9 true');
    await codec.load();
    expect(() => codec.decode(new Uint8Array())).toThrow('no picture comes of it');
    // What there is serves until it is loaded again.
    expect(codec.decode(Uint8Array.of(3)).complaints).toEqual(['odd 3 true']);
    await codec.load();
    expect(made).toEqual(['binary', 'binary', 'binary']);
  });
});
