import { describe, expect, it } from 'vitest';
import { unzip } from '../../src/data/unzip.ts';
import { zipFile } from './npz-file.ts';

const members = { 'a.npy': Buffer.from('aaaaaaaaaaaaaaaaaaaa'), 'b.npy': Buffer.from('b') };

/** The archive with one byte changed. */
function changed(at: number, to: number): Uint8Array {
  const bytes = Uint8Array.from(zipFile(members));
  bytes[at] = to;
  return bytes;
}

describe('unzip', () => {
  it.each([false, true])('gives the members by name, deflated: %s', (deflated) => {
    const read = unzip('x.npz', zipFile(members, deflated));
    expect([...read.keys()]).toEqual(['a.npy', 'b.npy']);
    expect(Buffer.from(read.get('a.npy')!)).toEqual(members['a.npy']);
    expect(Buffer.from(read.get('b.npy')!)).toEqual(members['b.npy']);
  });

  it('refuses what is no archive, and one that is broken', () => {
    const size = zipFile(members).length;
    const directory = Buffer.from(zipFile(members)).indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    expect(() => unzip('x.npz', new Uint8Array(30))).toThrow('x.npz: expected a ZIP archive');
    expect(() => unzip('x.npz', changed(40, 0))).toThrow('a.npy: expected the CRC of its entry');
    expect(() => unzip('x.npz', changed(directory, 0))).toThrow('expected an entry of the directory');
    expect(() => unzip('x.npz', changed(directory + 10, 9))).toThrow(
      'a stored or deflated member, got method 9',
    );
    expect(() => unzip('x.npz', changed(directory + 8, 1))).toThrow('expected a member without encryption');
    expect(() => unzip('x.npz', changed(0, 0))).toThrow('a.npy: expected its data, and found none');
    expect(() => unzip('x.npz', zipFile(members).subarray(0, size - 1))).toThrow('found no end record');
  });
});
