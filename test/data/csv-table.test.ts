import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvTable, DataError, openDataset } from '../../src/data/index.ts';
import { folderWith } from './temporary.ts';

const rows = 'x,y,kind\n1,2.5,b\n-3e1,+.5,a\n\n7,8,b\n';
const file = (text: string) => join(folderWith({ 'a.csv': text }), 'a.csv');

describe('csvTable', () => {
  it('reads numbers as points, and a column of classes by name', async () => {
    const data = await csvTable(file(rows), { label: 'kind' });
    expect(data).toMatchObject({
      name: 'csv:a.csv',
      kind: 'points',
      size: 3,
      shape: [2],
      classes: ['a', 'b'],
    });
    const { examples, labels } = data.read([2, 1, 0]);
    expect(examples).toMatchObject({ shape: [3, 2], data: Float32Array.of(7, 8, -30, 0.5, 1, 2.5) });
    expect(labels!.data).toEqual(Int32Array.of(1, 0, 1));
  });

  it('reads a table without a header by numbers of columns, quotes and Windows line ends too', async () => {
    const path = file('\uFEFF"1",cat,2\r\n"3","dog, old",4\r\n');
    const data = await csvTable(path, { label: '2' });
    expect(data.classes).toEqual(['cat', 'dog, old']);
    expect([...data.read([0, 1]).examples.data]).toEqual([1, 2, 3, 4]);
    expect([...(await csvTable(path, { columns: ['3'] })).read([1]).examples.data]).toEqual([4]);
  });

  it('numbers classes in the order of numbers where they are numbers', async () => {
    const data = await csvTable(file('x,y\n1,10\n1,9\n1,100\n'), { label: 'y' });
    expect(data.classes).toEqual(['9', '10', '100']);
    expect([...data.read([0, 1, 2]).labels!.data]).toEqual([1, 0, 2]);
  });

  it('has a fingerprint of what is read', async () => {
    const prints = await Promise.all([
      csvTable(file(rows), { label: 'kind' }),
      csvTable(file(rows), { columns: ['x', 'y'] }),
      csvTable(file(rows.replace('7', '6')), { label: 'kind' }),
      csvTable(file(rows), { label: 'kind', limit: 2 }),
    ]);
    expect(new Set(prints.map(({ fingerprint }) => fingerprint))).toHaveLength(4);
  });

  it.each([
    ['x,y\n1,2\n3,four\n', 'line 3, column 2 (y): expected a number, got "four"'],
    ['1,2\n3,\n', 'line 2, column 2: expected a number, got ""'],
    ['x,y\n1,2\n3\n', 'line 3: expected 2 columns as in line 1, got 1'],
    ['x;y\n1;2\n', 'line 1: expected commas between cells, got semicolons'],
    ['1\t2\n', 'line 1: expected commas between cells, got tabs'],
    [
      'x,y\n1,a\n',
      'line 2, column 2 (y): expected a number, got "a"; label=y takes a column for classes, columns=A:B only A and B',
    ],
    [',x\n0,1\n', 'column 1: expected a name in the header, got none; columns=A:B takes only'],
    ['x,y\n1,2\n\n3,"4\n5\n', 'line 4: expected fields between commas, or in double quotes from end to end'],
    ['x,y\n1,"2\n3"4\n', 'line 3: expected fields between commas, or in double quotes from end to end'],
    ['x\r1\r2\r', 'line 1: expected fields between commas'],
    ['x,y\n1,0x10\n', 'line 2, column 2 (y): expected a number, got "0x10"'],
    ['x,y\n1,2\n\n"3","a\nb"\n', 'line 4, column 2 (y): expected a number, got "a\\nb"'],
    ['x,y\n"1\n",2\n3,z\n', 'line 4, column 2 (y): expected a number, got "z"'],
    ['x,y\n1,1e99\n', 'line 2, column 2 (y): expected a number, got "1e99"'],
    ['x,y\n', 'expected rows below the header, got none'],
    ['', 'expected rows, got an empty file'],
    ['x,"y\n1,2', 'line 1: expected fields between commas, or in double quotes from end to end'],
  ])('refuses %j', async (text, message) => {
    const path = file(text);
    await expect(csvTable(path)).rejects.toThrow(`${path}: ${message}`);
    await expect(csvTable(path)).rejects.toBeInstanceOf(DataError);
  });

  it('refuses a column that is not there, and none but the label', async () => {
    const path = file(rows);
    await expect(csvTable(path, { label: 'kinds' })).rejects.toThrow(
      `label: expected a column of ${path} (x, y, kind), got "kinds"; did you mean kind?`,
    );
    await expect(csvTable(file('y\n1\n'), { label: 'y' })).rejects.toThrow(
      'expected columns of numbers, got none',
    );
  });

  it('refuses a name that two columns have where it is asked for, and too many classes', async () => {
    const path = file('x,x\n1,2\n');
    expect((await csvTable(path)).shape).toEqual([2]);
    await expect(csvTable(path, { columns: ['x'] })).rejects.toThrow(
      `columns: expected a name that one column of ${path} has, got "x" of two`,
    );
    const many = file(Array.from({ length: 65_537 }, (_, i) => `1,${i}`).join('\n'));
    await expect(csvTable(many, { label: '2' })).rejects.toThrow(
      'column 2: expected at most 65536 classes, got more',
    );
    expect((await csvTable(many, { label: '2', limit: 65_536 })).classes).toHaveLength(65_536);
  });

  it('refuses text that is not UTF-8, whose classes would run into each other', async () => {
    const folder = folderWith({
      latin: Buffer.from('x,y\n1,a\n2,\xe9\n3,\xe8\n', 'latin1'),
      wide: Buffer.from('\uFEFFx,y\n1,2\n', 'utf16le'),
    });
    await expect(csvTable(join(folder, 'latin'), { label: 'y' })).rejects.toThrow(
      'latin: line 3: expected text in UTF-8, got other bytes, as of Latin-1',
    );
    await expect(csvTable(join(folder, 'wide'))).rejects.toThrow(
      'wide: line 1: expected text in UTF-8, got UTF-16',
    );
  });

  it('refuses a long field whose quotes do not end, and takes one whose quotes do', async () => {
    const long = 'a'.repeat(20_000_000);
    await expect(csvTable(file(`x,y\n1,"${long}`))).rejects.toThrow('line 2: expected fields between commas');
    expect((await csvTable(file(`x,y\n1,"${long}"\n`), { label: 'y' })).classes).toEqual([long]);
  });

  it('is opened by name', async () => {
    const path = file(rows);
    expect((await openDataset(`csv:${path},label=kind`)).classes).toEqual(['a', 'b']);
    expect((await openDataset(`csv:${path},columns=x`)).shape).toEqual([1]);
    await expect(openDataset(`csv:${path}`)).rejects.toThrow(
      'line 2, column 3 (kind): expected a number, got "b"',
    );
  });
});
