import { describe, expect, it } from 'vitest';
import { fileName, indexOf, isTemporary, temporaryName } from '../../src/checkpoint/file-name.ts';

describe('the name of a checkpoint', () => {
  it('is that of its step, with zeros in front', () => {
    expect(fileName(5000)).toBe('checkpoint-0000005000.safetensors');
  });

  it.each([0, 1, 5000, 9_999_999_999, 12_345_678_901, Number.MAX_SAFE_INTEGER])(
    'tells step %i again',
    (index) => {
      expect(indexOf(fileName(index))).toBe(index);
    },
  );

  it.each([
    'best.safetensors',
    'checkpoint-5000.safetensors',
    'checkpoint-00000005000.safetensors',
    'checkpoint-0000005000.safetensors.bak',
    'old-checkpoint-0000005000.safetensors',
    'checkpoint-000000500x.safetensors',
    'checkpoint-9999999999999999.safetensors',
    'checkpoint-0000005000.safetensors.tmp',
    '',
  ])('is not %j', (name) => {
    expect(indexOf(name)).toBeUndefined();
  });

  it('has a name beside it for while it is written', () => {
    expect(temporaryName(fileName(1))).toBe('checkpoint-0000000001.safetensors.tmp');
    expect(isTemporary(temporaryName(fileName(1)))).toBe(true);
    expect(isTemporary(fileName(1))).toBe(false);
    expect(isTemporary('notes.tmp')).toBe(false);
  });
});
