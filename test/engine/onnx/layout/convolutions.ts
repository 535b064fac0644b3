import * as ort from 'onnxruntime-node';
import { keyOf, normals } from '../../../../src/engine/index.ts';
import { parameter } from '../../../../src/engine/onnx/build.ts';
import { emit } from '../../../../src/engine/onnx/emit/emit.ts';
import type { Node } from '../../../../src/engine/onnx/graph.ts';
import type { Convolution } from '../../../../src/engine/onnx/layout/block-convolution.ts';
import { Blocks } from '../../../../src/engine/onnx/layout/blocks.ts';
import { sizeOf } from '../../../../src/engine/value.ts';

/** Stride 2 and filters of 4 by 4, with a row more of padding on the left than above. */
export interface Geometry {
  readonly size: readonly [number, number];
  readonly result: readonly [number, number];
  readonly pads: readonly [number, number, number, number];
}

/** Sizes of the result that are no multiples of a tile, and one that is. */
export const geometries: readonly Geometry[] = [
  { size: [8, 16], result: [4, 8], pads: [1, 1, 1, 1] },
  { size: [10, 13], result: [5, 7], pads: [1, 2, 1, 1] },
  { size: [14, 6], result: [6, 2], pads: [0, 0, 0, 0] },
];

const [samples, channels, filters] = [3, 5, 6] as const;

export function blocksOf({ size, result, pads }: Geometry): Blocks {
  const attributes = { strides: [2, 2], dilations: [1, 1], pads };
  const [picture, filter] = [
    [samples, ...size, channels],
    [4, 4, channels, filters],
  ];
  return Blocks.of(picture, filter, [samples, ...result, filters], attributes)!;
}

const random = (name: string, shape: readonly number[]) =>
  normals(keyOf(1, name), shape).data as Float32Array;

/** What a graph of one result gives for random inputs of its parameters' names. */
async function computed(result: Node, feeds: Readonly<Record<string, Float32Array>>): Promise<Float32Array> {
  const model = emit('test', new Map([['output/y', result]]));
  const session = await ort.InferenceSession.create(model.bytes);
  const given = model.inputs.map(({ name, shape }) => [name, new ort.Tensor('float32', feeds[name]!, shape)]);
  const { data } = (await session.run(Object.fromEntries(given)))['next/output/y']!;
  return data as Float32Array;
}

/**
 * The convolution HWNC in double precision, as a sum over all pairs of elements; tells each product
 * to `visit`.
 */
function everyProduct(
  { size, result, pads }: Geometry,
  visit: (x: number, w: number, y: number) => void,
): void {
  const [[height, width], [rows, columns], [top, left]] = [size, result, pads];
  for (let place = 0; place < rows * columns * 16; place++) {
    const [tap, at] = [place % 16, Math.floor(place / 16)];
    const [row, column] = [Math.floor(at / columns), at % columns];
    const [down, across] = [2 * row + Math.floor(tap / 4) - top, 2 * column + (tap % 4) - left];
    if (down < 0 || across < 0 || down >= height || across >= width) continue;
    for (let sample = 0; sample < samples; sample++)
      for (let c = 0; c < channels; c++)
        for (let f = 0; f < filters; f++)
          visit(
            ((down * width + across) * samples + sample) * channels + c,
            (tap * channels + c) * filters + f,
            (at * samples + sample) * filters + f,
          );
  }
}

/**
 * The largest errors of a convolution and its two gradients, by the largest number in the exact
 * result.
 */
export async function errorsOf(convolution: Convolution, geometry: Geometry): Promise<number[]> {
  const shapes = {
    x: [...geometry.size, samples, channels],
    w: [4, 4, channels, filters],
    y: [...geometry.result, samples, filters],
  };
  const [x, w, y] = Object.entries(shapes).map(([name, shape]) => parameter(name, shape, 'float32')) as [
    Node,
    Node,
    Node,
  ];
  const feeds = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, random(name, shape)]),
  );
  const exact = [shapes.y, shapes.x, shapes.w].map((shape) => new Float64Array(sizeOf(shape)));
  everyProduct(geometry, (i, j, k) => {
    exact[0]![k]! += feeds.x![i]! * feeds.w![j]!;
    exact[1]![i]! += feeds.y![k]! * feeds.w![j]!;
    exact[2]![j]! += feeds.y![k]! * feeds.x![i]!;
  });
  const results = [convolution.convolution(x, w), convolution.byPicture(y, w), convolution.byFilter(x, y)];
  return Promise.all(
    results.map(async (result, i) => {
      const got = await computed(result, feeds);
      const largest = exact[i]!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      return exact[i]!.reduce((most, value, j) => Math.max(most, Math.abs(value - got[j]!)), 0) / largest;
    }),
  );
}
