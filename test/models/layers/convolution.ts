import { sizeOf, Value } from '../../../src/engine/index.ts';

/** The geometry of a convolution of square images. */
export interface Geometry {
  readonly count: number;
  readonly side: number;
  readonly channels: number;
  readonly filters: number;
  readonly kernelSize: number;
  readonly stride: number;
  readonly padding: 'same' | 'valid';
}

/** The side of what a convolution puts out. */
export function sideAfter({ side, kernelSize, stride, padding }: Geometry): number {
  return padding === 'same' ? Math.ceil(side / stride) : Math.floor((side - kernelSize) / stride) + 1;
}

/**
 * Calls `visit` with the places in image, result and kernel of every product of a convolution, as
 * TensorFlow defines it: the odd one of the padding comes last.
 */
export function eachProduct(
  geometry: Geometry,
  visit: (image: number, result: number, kernel: number) => void,
): void {
  const { count, side, channels, filters, kernelSize, stride, padding } = geometry;
  const out = sideAfter(geometry);
  const missing = padding === 'same' ? Math.max(0, (out - 1) * stride + kernelSize - side) : 0;
  const before = Math.floor(missing / 2);
  const sizes = [count, out, out, kernelSize, kernelSize, channels, filters];
  for (let number = 0; number < sizeOf(sizes); number++) {
    let rest = number;
    const at = sizes.map(() => 0);
    for (let i = sizes.length - 1; i >= 0; i--) {
      at[i] = rest % sizes[i]!;
      rest = Math.floor(rest / sizes[i]!);
    }
    const [b, row, column, i, j, c, f] = at as [number, number, number, number, number, number, number];
    const [y, x] = [row * stride + i - before, column * stride + j - before];
    if (y < 0 || y >= side || x < 0 || x >= side) continue;
    visit(
      ((b * side + y) * side + x) * channels + c,
      ((b * out + row) * out + column) * filters + f,
      ((i * kernelSize + j) * channels + c) * filters + f,
    );
  }
}

/** A convolution in plain double precision. */
export function convolved(geometry: Geometry, image: Value, kernel: Value): Value {
  const out = sideAfter(geometry);
  const shape = [geometry.count, out, out, geometry.filters];
  const result = new Float64Array(sizeOf(shape));
  eachProduct(geometry, (at, to, by) => {
    result[to]! += image.data[at]! * kernel.data[by]!;
  });
  return Value.of(result, shape);
}

/**
 * The transpose of that convolution as a linear map: what was put out goes back to where it came
 * from.
 */
export function convolvedBack(geometry: Geometry, result: Value, kernel: Value): Value {
  const { count, side, channels } = geometry;
  const image = new Float64Array(sizeOf([count, side, side, channels]));
  eachProduct(geometry, (to, at, by) => {
    image[to]! += result.data[at]! * kernel.data[by]!;
  });
  return Value.of(image, [count, side, side, channels]);
}
