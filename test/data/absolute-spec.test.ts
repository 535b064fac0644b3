import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { absoluteSpec } from '../../src/data/index.ts';

it('makes the paths of a dataset absolute and leaves names as they are', () => {
  const here = resolve('.');
  expect(absoluteSpec('shapes:16')).toBe('shapes:16');
  expect(absoluteSpec('cifar10')).toBe('cifar10');
  expect(absoluteSpec('idx:data/mnist')).toBe(`idx:${here}/data/mnist`);
  expect(absoluteSpec('folder:./photos,64x32')).toBe(`folder:${here}/photos,64x32`);
  expect(absoluteSpec('pairs:photos')).toBe(`pairs:${here}/photos`);
  expect(absoluteSpec('unpaired:shapes:16+folder:photos,16')).toBe(
    `unpaired:shapes:16+folder:${here}/photos,16`,
  );
  expect(absoluteSpec('folder:~/photos')).toBe(`folder:${homedir()}/photos`);
  expect(absoluteSpec('raw:a.bin,8x8x3')).toBe(`raw:${here}/a.bin,8x8x3`);
  expect(absoluteSpec('raw:a.bin,8x8x3,l.bin')).toBe(`raw:${here}/a.bin,8x8x3,${here}/l.bin`);
  expect(absoluteSpec('raw:/a.bin,8x8x3')).toBe('raw:/a.bin,8x8x3');
});
