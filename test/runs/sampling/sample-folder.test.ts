import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { readLatent } from '../../../src/runs/index.ts';
import { SampleFolder } from '../../../src/runs/sampling/sample-folder.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();
const names = { prefix: '', digits: 4, ending: '.png' } as const;
const origin = { recipe: 'gan', seed: 1 };
const files = (from: number, count: number, text: string) =>
  Array.from({ length: count }, (_, i) => ({
    number: from + i,
    content: () => Buffer.from(`${text}${from + i}`),
  }));

describe('SampleFolder', () => {
  it('writes numbered files beside what they are of', async () => {
    const path = join(root, 'made/deep');
    await new SampleFolder(path, origin, names).write(files(9, 2, 'x'));
    expect(readdirSync(path).sort()).toEqual(['0009.png', '0010.png', 'samples.json']);
    expect(readFileSync(join(path, '0010.png'), 'utf8')).toBe('x10');
    expect(JSON.parse(readFileSync(join(path, 'samples.json'), 'utf8'))).toEqual(origin);
  });

  it('goes on with files of the same origin, and removes those that were never finished', async () => {
    const path = join(root, 'again');
    await new SampleFolder(path, origin, names).write(files(0, 3, 'old'));
    writeFileSync(join(path, '0003.png.77.tmp'), 'half');
    const folder = new SampleFolder(path, { seed: 1, recipe: 'gan' }, names);
    expect([folder.missingFrom(0), folder.missingFrom(7)]).toEqual([3, 7]);
    await folder.write(files(2, 2, 'new'));
    expect(readdirSync(path).sort()).toEqual([...[0, 1, 2, 3].map((i) => `000${i}.png`), 'samples.json']);
    expect(readFileSync(join(path, '0002.png'), 'utf8')).toBe('old2');
    expect(readFileSync(join(path, '0003.png'), 'utf8')).toBe('new3');
  });

  it.each([
    ['photo.jpg', 'x', 'which holds photo.jpg'],
    ['0001.png', 'x', 'which holds 0001.png'],
    ['1.png', 'x', 'which holds 1.png'],
    ['notes.txt.12.tmp', 'x', 'which holds notes.txt.12.tmp'],
    ['samples.json', '{"recipe":"gan","seed":2}', 'which holds samples of another seed'],
    ['samples.json', '{"recipe":"gan","seed":1,"truncation":1}', 'which holds samples of another truncation'],
    ['samples.json', 'torn {', 'which holds samples of another origin'],
  ])('refuses a folder that holds %s (%s), and changes nothing', (name, content, why) => {
    const path = join(root, `${name}-${content.length}-${why.length}`);
    mkdirSync(path);
    writeFileSync(join(path, name), content);
    expect(() => new SampleFolder(path, origin, names)).toThrow(
      `path: expected a new or empty folder, or one that the same command began, got ${path}, ${why}`,
    );
    expect(readdirSync(path)).toEqual([name]);
    expect(readFileSync(join(path, name), 'utf8')).toBe(content);
  });
});

it('takes one vector as one row, and arrays by the name of the input', async () => {
  const file = join(scratchFolder(), 'z.json');
  writeFileSync(file, '[1, 2, 3]');
  expect(await readLatent(file)).toEqual(Value.of([1, 2, 3], [1, 3]));
  writeFileSync(file, '{"noise": [1, 2], "styleNoise": [[3], [4]]}');
  expect(await readLatent(file)).toEqual({
    noise: Value.of([1, 2], [1, 2]),
    styleNoise: Value.of([3, 4], [2, 1]),
  });
});
