import { describe, expect, it, vi } from 'vitest';
import { type Captioned, DataError, imageFolder, openDataset } from '../../src/data/index.ts';
import { pngFile } from './png-file.ts';
import { folderWith } from './temporary.ts';

const grey = (level: number) => pngFile({ width: 1, height: 1, type: 0 }, [level]);
const pictures = { 'cat/1.png': grey(10), 'cat/2.png': grey(11), 'dog/1.png': grey(20) };
const captions = { 'cat/1.png': 'a cat', 'dog/1.png': ['a dog', 'big dog'], 'cat/2.png': 'small cat' };

describe('a folder with captions', () => {
  it('has those of captions.json beside its pictures, whose names have slashes', async () => {
    const folder = folderWith({ ...pictures, 'captions.json': JSON.stringify(captions) });
    const warn = vi.fn();
    const dataset = (await openDataset(`folder:${folder}`, { warn })) as Captioned;
    expect(dataset).toMatchObject({ size: 4, classes: ['cat', 'dog'], parts: { tokens: [2] } });
    expect(dataset.captions([0, 1, 2, 3])).toEqual(['a cat', 'a dog', 'big dog', 'small cat']);
    expect([...dataset.read([1, 3]).labels!.data]).toEqual([1, 0]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('has those of captions.csv, quoted where they have commas, with or without a header', async () => {
    const rows =
      'cat/1.png,a cat\r\n"dog/1.png","a ""big"", brown dog"\r\ndog/1.png,a dog\r\ncat/2.png,cat\r\n';
    for (const text of [rows, `\uFEFFfile,caption\r\n${rows}`]) {
      const dataset = (await imageFolder(folderWith({ ...pictures, 'captions.csv': text }))) as Captioned;
      expect(dataset.captions([0, 1, 2, 3])).toEqual(['a cat', 'a "big", brown dog', 'a dog', 'cat']);
    }
  });

  it('lets a limit leave out pictures with captions', async () => {
    const folder = folderWith({ ...pictures, 'captions.json': JSON.stringify(captions) });
    expect((await imageFolder(folder, { limit: 1 })).size).toBe(1);
  });

  it.each([
    [{ ...captions, 'fox.png': 'a fox' }, 'got 1 of files that are not there (fox.png)'],
    [
      { 'cat/1.png': 'a cat' },
      'expected a caption for every picture, got none for 2 of 3 (dog/1.png, cat/2.png)',
    ],
    [
      { ...captions, 'cat/1.png': '?!' },
      'expected words in every caption, got none in those of 1 (cat/1.png)',
    ],
    [{ ...captions, 'cat/1.png': 3 }, 'cat/1.png: expected a text or a list of texts, got 3'],
    [{ ...captions, 'cat/1.png': [] }, 'cat/1.png: expected a text or a list of texts, got []'],
    [[], 'expected an object from names of pictures to captions'],
  ])('refuses %j', async (given, message) => {
    const opening = imageFolder(folderWith({ ...pictures, 'captions.json': JSON.stringify(given) }));
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.toBeInstanceOf(DataError);
  });

  it.each([
    ['cat/1.png;a cat\n', 'line 1: expected a name and a caption, got 1 columns'],
    ['cat/1.png,a cat, sitting\n', 'line 1: expected a name and a caption, got 3 columns'],
    ['cat/1.png,"a cat\n', 'line 1: expected fields between commas, or in double quotes from end to end'],
    ['cat/1.png,a "cat"\n', 'line 1: expected fields between commas'],
  ])('refuses the CSV file %j', async (text, message) => {
    await expect(imageFolder(folderWith({ ...pictures, 'captions.csv': text }))).rejects.toThrow(message);
  });

  it('refuses broken JSON, and two files of captions', async () => {
    await expect(imageFolder(folderWith({ ...pictures, 'captions.json': '{' }))).rejects.toThrow(
      'captions.json: expected JSON',
    );
    const two = folderWith({ ...pictures, 'captions.json': '{}', 'captions.csv': '' });
    await expect(imageFolder(two)).rejects.toThrow(
      'expected one file of captions, got captions.json and captions.csv',
    );
  });
});
