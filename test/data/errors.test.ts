import { describe, expect, it } from 'vitest';
import { DataError, DataMissingError, DownloadError } from '../../src/data/index.ts';

describe('the errors of data', () => {
  it('name the file, the byte and the rule', () => {
    const cause = new Error('unexpected end');
    const error = new DataError('train.bin', 3073, 'expected a label from 0 to 9, got 77', { cause });
    expect(error.message).toBe('train.bin: at byte 3073: expected a label from 0 to 9, got 77');
    expect(error).toMatchObject({
      name: 'DataError',
      code: 'DATA_INVALID',
      kind: 'input',
      offset: 3073,
      cause,
    });
  });

  it('leave out the byte where the file as a whole is meant', () => {
    expect(new DataError('a.png', undefined, 'broken PNG data').message).toBe('a.png: broken PNG data');
  });

  it('name what was looked for and how to get it', () => {
    const error = new DataMissingError('data/mnist', 'train-images', '`weir data fetch mnist` gets it');
    expect(error.message).toBe('data/mnist: found no train-images; `weir data fetch mnist` gets it');
    expect(error).toMatchObject({ code: 'DATA_MISSING', kind: 'input', folder: 'data/mnist' });
    expect(new DataMissingError('data', 'a.bin').message).toBe('data: found no a.bin');
  });

  it('tell a failing download from bad input', () => {
    expect(new DownloadError('no mirror')).toMatchObject({ code: 'DATA_DOWNLOAD', kind: 'failure' });
  });
});
