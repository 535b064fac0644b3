import { Value } from '../engine/index.ts';
import { decodePicture } from './decode-picture.ts';
import { readBytes } from './read-bytes.ts';

/**
 * A PNG, JPEG or WebP file as float32 [height, width, 1 or 3] in [-1, 1]; transparency is laid over
 * white.
 * @throws DataMissingError when there is no such file, DataError when it is no such picture
 */
export async function readImage(file: string): Promise<Value> {
  const { height, width, channels, pixels } = await decodePicture(file, await readBytes(file));
  return Value.of(
    Array.from(pixels, (level) => level / 127.5 - 1),
    [height, width, channels],
  );
}
