import { show } from '../base/index.ts';
import type { Rows } from './rows.ts';

/** Images that have been checked: NHWC in [-1, 1]. */
export interface Images {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly data: ArrayLike<number>;
}

/** @throws RangeError for another rank or a number that is not finite */
export function imagesOf(name: string, { shape, data }: Rows): Images {
  const [count = 0, height = 0, width = 0, channels = 0] = shape;
  if (shape.length !== 4 || data.length === 0)
    throw new RangeError(
      `${name}: expected images of shape [count, height, width, channels], got [${shape}]`,
    );
  for (let i = 0; i < data.length; i++)
    if (!Number.isFinite(data[i]))
      throw new RangeError(`${name}: expected finite numbers, got ${show(data[i])} at ${i}`);
  return { count, height, width, channels, data };
}

/** One channel of one image, [height, width]. */
export interface Plane {
  readonly height: number;
  readonly width: number;
  readonly data: Float64Array;
}

/** A copy of one channel of one image. */
export function planeOf({ height, width, channels, data }: Images, image: number, channel: number): Plane {
  const start = image * height * width * channels + channel;
  const plane = new Float64Array(height * width);
  for (let i = 0; i < plane.length; i++) plane[i] = data[start + i * channels]!;
  return { height, width, data: plane };
}
