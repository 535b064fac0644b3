import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../src/data/index.ts';
import { untar } from '../../src/data/untar.ts';
import { tarFile } from './tar-file.ts';
import { folderWith } from './temporary.ts';

const content = Uint8Array.from({ length: 700 }, (_, i) => i % 256);
const archive = tarFile([
  ['folder/', new Uint8Array(), '5'],
  ['folder/a.bin', content],
  ['empty', new Uint8Array()],
  ['b', content.subarray(0, 512)],
]);

const read = (bytes: Uint8Array) => [...untar('f.tar', bytes)].map(({ name, data }) => [name, [...data]]);

describe('untar', () => {
  it('gives the regular files with their data, and leaves folders out', () => {
    expect(read(archive)).toEqual([
      ['folder/a.bin', [...content]],
      ['empty', []],
      ['b', [...content.subarray(0, 512)]],
    ]);
  });

  it('reads what the tar of the system writes', () => {
    const folder = folderWith({ 'cifar/one.bin': content, 'cifar/two.bin': 'two' });
    const bytes = execFileSync('tar', ['-C', folder, '-cf', '-', 'cifar'], { maxBuffer: 1e6 });
    expect(new Map(read(bytes) as [string, number[]][])).toEqual(
      new Map([
        ['cifar/one.bin', [...content]],
        ['cifar/two.bin', [...Buffer.from('two')]],
      ]),
    );
  });

  it.each([
    ['nothing', new Uint8Array(), 0, 'the empty block that ends a tar archive'],
    ['another kind of file', new Uint8Array(2000).fill(65), 0, 'a tar header with the right checksum'],
    [
      'data that ends early',
      archive.subarray(0, 1500),
      1024,
      'expected 700 bytes of folder/a.bin, and the archive has 476 more',
    ],
    [
      'an archive without its end',
      archive.subarray(0, 2048),
      2048,
      'the empty block that ends a tar archive',
    ],
  ])('refuses %s', (_, bytes, offset, rule) => {
    expect(() => read(bytes)).toThrow(expect.objectContaining({ code: 'DATA_INVALID', offset }));
    expect(() => read(bytes)).toThrow(rule);
  });

  it('reads or refuses any changed archive', () => {
    const places = fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(places, fc.nat(2 * archive.length), (changes, length) => {
        const bytes = Uint8Array.from(archive);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          for (const { data } of untar('f.tar', bytes.subarray(0, length)))
            expect(data.length).toBeLessThanOrEqual(length);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
