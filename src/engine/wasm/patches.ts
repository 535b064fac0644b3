import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core';

/**
 * The geometry of a 2-D convolution over NHWC tensors: for each output position, a patch of the
 * input.
 */
export interface Patches {
  readonly batchSize: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly padInfo: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  };
}

type Shape4D = [number, number, number, number];

/**
 * The geometry that the attributes of a convolution or of its gradients describe.
 * @throws RangeError for channels first, and where TensorFlow.js computes a wrong size: for a
 * number as padding with
 *   a filter or strides that differ between the axes
 */
export function patchesOf(
  input: readonly number[],
  filter: readonly number[],
  attributes: NamedAttrMap,
): Patches {
  const { strides, pad, dataFormat, dimRoundingMode, dilations } = attributes;
  if (dataFormat !== 'NHWC') throw new RangeError(`conv2d: expected NHWC on wasm, got ${dataFormat}`);
  const info = backend_util.computeConv2DInfo(
    input as Shape4D,
    filter as Shape4D,
    strides as number,
    (dilations ?? 1) as number,
    pad as 'same',
    dimRoundingMode as 'floor',
    false,
    'channelsLast',
  );
  const { effectiveFilterHeight, effectiveFilterWidth, strideHeight, strideWidth } = info;
  const square = effectiveFilterHeight === effectiveFilterWidth && strideHeight === strideWidth;
  if (typeof pad === 'number' && !square) {
    throw new RangeError(
      'conv2d: expected a square filter and equal strides with a number for padding, ' +
        `got ${effectiveFilterHeight}x${effectiveFilterWidth} and ${strideHeight}x${strideWidth}`,
    );
  }
  return info;
}

/**
 * Calls `visit` for every stretch of input that the patches at positions `from` to `until` - 1
 * (row-major) share with it.
 */
function eachStretch(
  p: Patches,
  from: number,
  until: number,
  visit: (inPatches: number, inInput: number, length: number) => void,
): void {
  const width = p.filterWidth * p.inChannels;
  let position = from;
  for (let row = 0; position < until; position++) {
    const across = position % p.outWidth;
    const down = Math.floor(position / p.outWidth) % p.outHeight;
    const image = Math.floor(position / (p.outWidth * p.outHeight));
    const left = across * p.strideWidth - p.padInfo.left;
    const start = Math.max(left, 0);
    const length = (Math.min(left + p.filterWidth, p.inWidth) - start) * p.inChannels;
    for (let tap = 0; tap < p.filterHeight; tap++, row += width) {
      const line = down * p.strideHeight - p.padInfo.top + tap;
      if (length <= 0 || line < 0 || line >= p.inHeight) continue;
      const inInput = ((image * p.inHeight + line) * p.inWidth + start) * p.inChannels;
      visit(row + (start - left) * p.inChannels, inInput, length);
    }
  }
}

/** Below so many elements, a loop copies faster than a call of `set`: measured. */
const longStretch = 64;

/**
 * Writes the patches at positions `from` to `until` - 1, one a row; what lies outside the input is
 * 0.
 */
export function readPatches(
  p: Patches,
  input: Float32Array,
  patches: Float32Array,
  from: number,
  until: number,
): void {
  patches.fill(0);
  eachStretch(p, from, until, (inPatches, inInput, length) => {
    if (length >= longStretch) patches.set(input.subarray(inInput, inInput + length), inPatches);
    else for (let i = 0; i < length; i++) patches[inPatches + i] = input[inInput + i]!;
  });
}

/**
 * Adds the patches at positions `from` to `until` - 1, one a row, to where `readPatches` reads
 * them.
 */
export function addPatches(
  p: Patches,
  patches: Float32Array,
  input: Float32Array,
  from: number,
  until: number,
): void {
  eachStretch(p, from, until, (inPatches, inInput, length) => {
    for (let i = 0; i < length; i++) input[inInput + i]! += patches[inPatches + i]!;
  });
}
