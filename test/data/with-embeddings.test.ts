import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../src/checkpoint/safetensors.ts';
import { heldImages } from '../../src/data/held-images.ts';
import { DataError, imageFolder, withEmbeddings } from '../../src/data/index.ts';
import { Value } from '../../src/engine/index.ts';
import { npyFile, zipFile } from './npz-file.ts';
import { pngFile } from './png-file.ts';
import { folderWith } from './temporary.ts';

const images = heldImages({ name: 'greys', shape: [1, 1, 1], pixels: Uint8Array.of(0, 255) });
const numbers = [1, 2, 3, 4, 5, 6];
const npz = (form = {}, name = 'embedding.npy') =>
  zipFile({ [name]: npyFile(numbers, { shape: [2, 3], ...form }) }, true);
const fileOf = (name: string, bytes: Uint8Array) => join(folderWith({ [name]: bytes }), name);
const safetensors = (tensors: Record<string, Value>) =>
  Buffer.concat(layOut(new Map(Object.entries(tensors)), {}));

describe('withEmbeddings', () => {
  it('has a row for each example, from npz and from safetensors', async () => {
    const tensors = safetensors({ embedding: Value.of(numbers, [2, 3]), other: Value.scalar(1) });
    for (const file of [fileOf('e.npz', npz()), fileOf('e.safetensors', tensors)]) {
      const dataset = await withEmbeddings(images, file);
      expect(dataset.parts).toEqual({ embedding: [3] });
      expect([...dataset.read([1, 0]).parts!.embedding!.data]).toEqual([4, 5, 6, 1, 2, 3]);
      expect(dataset.fingerprint).not.toBe(images.fingerprint);
    }
    const other = await withEmbeddings(
      images,
      fileOf('e.npz', zipFile({ 'x.npy': npyFile([1, 2], { shape: [2, 1] }) })),
    );
    expect(other.parts).toEqual({ embedding: [1] });
  });

  it('takes the mean of four captions, the same ones each time', async () => {
    const ten = Array.from({ length: 20 }, (_, i) => 2 ** (i % 10));
    const file = fileOf('e.npz', zipFile({ 'embedding.npy': npyFile(ten, { shape: [2, 10, 1] }) }));
    const read = async () => [...(await withEmbeddings(images, file)).read([0, 1]).parts!.embedding!.data];
    const [first, second] = await read();
    // Four different powers of two, over 4: a number with four ones.
    expect((4 * first!).toString(2).replaceAll('0', '')).toBe('1111');
    expect(first).not.toBe(second);
    expect(await read()).toEqual([first, second]);
    const two = fileOf('e.npz', zipFile({ 'embedding.npy': npyFile([1, 3, 5, 9], { shape: [2, 2, 1] }) }));
    const averaged = await withEmbeddings(images, two);
    expect([...averaged.read([0, 1]).parts!.embedding!.data]).toEqual([2, 7]);
    const pairs = { 'embedding.npy': npyFile([1, 10, 3, 30, 5, 50, 9, 90], { shape: [2, 2, 2] }) };
    const wide = await withEmbeddings(images, fileOf('e.npz', zipFile(pairs)));
    expect([...wide.read([0, 1]).parts!.embedding!.data]).toEqual([2, 20, 7, 70]);
  });

  it.each([
    [npz({ descr: '|O' }), 'got pickled objects, which are not read'],
    [npz({ shape: [3, 2] }), 'expected a row for each of the 2 examples of greys, got 3'],
    [npz({ shape: [6] }), 'expected float32 of [examples, size] or [examples, captions, size]'],
    [zipFile({ 'a.npy': npyFile([1]), 'b.npy': npyFile([1]) }), 'expected an array embedding, got a, b'],
    [zipFile({ 'a.npy': npyFile([1, Number.NaN], { shape: [2, 1] }) }), 'got NaN in row 1'],
    [new Uint8Array(3), 'expected a ZIP archive'],
  ])('refuses other files (%#)', async (bytes, message) => {
    const opening = withEmbeddings(images, fileOf('e.npz', bytes));
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.toBeInstanceOf(DataError);
  });

  it('refuses safetensors that are broken or hold no float32', async () => {
    await expect(withEmbeddings(images, fileOf('e.safetensors', new Uint8Array(9)))).rejects.toThrow(
      'e.safetensors: ',
    );
    const whole = safetensors({ embedding: new Value('int32', [2, 1], Int32Array.of(1, 2)) });
    await expect(withEmbeddings(images, fileOf('e.safetensors', whole))).rejects.toThrow(
      'got int32 of [2,1]',
    );
  });

  it('finds them beside the pictures of a folder, with captions too', async () => {
    const grey = (level: number) => pngFile({ width: 1, height: 1, type: 0 }, [level]);
    const folder = folderWith({
      'a.png': grey(1),
      'b.png': grey(2),
      'embeddings.npz': npz(),
      'captions.json': JSON.stringify({ 'a.png': ['one', 'first'], 'b.png': 'two' }),
    });
    const dataset = await imageFolder(folder);
    expect(dataset).toMatchObject({ size: 3, parts: { embedding: [3], tokens: [1] } });
    expect([...dataset.read([1, 2]).parts!.embedding!.data]).toEqual(numbers);
  });
});
