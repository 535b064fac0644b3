import { describe, expect, it } from 'vitest';
import { absoluteSpec } from '../../src/data/index.ts';
import { specOptions } from '../../src/data/spec-options.ts';

describe('specOptions', () => {
  it.each([
    ['ring8', 'ring8', {}],
    ['folder:a,32,flip,crop=4', 'folder:a,32', { flip: '', crop: '4' }],
    ['shapes:16,held-out', 'shapes:16,held-out', {}],
    ['shapes:16,held-out,flip', 'shapes:16,held-out', { flip: '' }],
    ['mnist,32,held-out=0.1', 'mnist,32', { 'held-out': '0.1' }],
    ['csv:a.csv,label=y,columns=a:b', 'csv:a.csv', { label: 'y', columns: 'a:b' }],
    // A path may end in a comma and a word.
    ['folder:paris,summer', 'folder:paris,summer', {}],
  ])('takes %s apart', (spec, base, options) => {
    expect(specOptions(spec)).toEqual({ base, options: new Map(Object.entries(options)) });
  });

  it.each([
    ['folder:a,32,flop=1', 'got "flop" in "folder:a,32,flop=1"; did you mean flip?'],
    [
      'csv:a,labels=y',
      'data: expected options label, columns, held-out, flip, rotate, crop, brightness, contrast, got "labels" in "csv:a,labels=y"; did you mean label?',
    ],
    ['ring8,flip=1', 'data: expected flip without a value, got "flip=1"'],
    ['ring8,crop=', 'data: expected crop=VALUE, got "crop" without a value in "ring8,crop="'],
    ['ring8,flip,flip', 'data: expected flip once, got it twice in "ring8,flip,flip"'],
  ])('refuses %s', (spec, message) => {
    expect(() => specOptions(spec)).toThrow(message);
  });
});

describe('absoluteSpec', () => {
  it.each([
    ['csv:a.csv,label=y', `csv:${process.cwd()}/a.csv,label=y`],
    [
      'npy:a.npy,labels=b.npy,held-out=0.1',
      `npy:${process.cwd()}/a.npy,labels=${process.cwd()}/b.npy,held-out=0.1`,
    ],
    ['npz:a.npz,labels=y', `npz:${process.cwd()}/a.npz,labels=y`],
    ['mix:folder:a,32,flip*3+ring8', `mix:folder:${process.cwd()}/a,32,flip*3+ring8*1`],
  ])('of %s names the same data from every folder', (spec, absolute) => {
    expect(absoluteSpec(spec)).toBe(absolute);
    expect(absoluteSpec(absolute)).toBe(absolute);
  });
});
