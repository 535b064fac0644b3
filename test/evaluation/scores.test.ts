import { describe, expect, it } from 'vitest';
import { isBetter, scoreName } from '../../src/evaluation/scores.ts';

describe('isBetter', () => {
  it('knows which way is up', () => {
    expect(isBetter('fid', 1, 2)).toBe(true);
    expect(isBetter('recall', 1, 2)).toBe(false);
    expect(isBetter('recall', 2, 2)).toBe(false);
  });
});

describe('scoreName', () => {
  it('refuses what is no score', () => {
    expect(scoreName('--keep-best', 'fid')).toBe('fid');
    expect(() => scoreName('--keep-best', 'FID')).toThrow('--keep-best: expected one of fid, kid');
  });
});
