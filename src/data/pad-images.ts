/**
 * Images padded with zeros to another side, without scaling: zeros are put around each, evenly,
 * up to the smallest multiple of `side` that holds it; then blocks of that many pixels become their
 * rounded mean. 28 pixels at side 32 have a frame of 2; at 16 they are framed to 32 and halved.
 * @param pixels NHWC bytes
 * @param shape [height, width, channels]
 */
export function padImages(
  pixels: Uint8Array,
  [height, width, channels]: readonly [number, number, number],
  side: number,
): Uint8Array {
  const factor = Math.ceil(Math.max(height, width) / side);
  const framed = factor * side;
  const [top, left] = [(framed - height) >> 1, (framed - width) >> 1];
  const count = pixels.length / (height * width * channels);
  const padded = new Uint8Array(count * side * side * channels);
  const sums = new Uint32Array(side * side * channels);
  for (let image = 0; image < count; image++) {
    sums.fill(0);
    let from = image * height * width * channels;
    for (let y = 0; y < height; y++) {
      const row = Math.floor((y + top) / factor) * side;
      for (let x = 0; x < width; x++) {
        const to = (row + Math.floor((x + left) / factor)) * channels;
        for (let c = 0; c < channels; c++) sums[to + c]! += pixels[from++]!;
      }
    }
    const area = factor * factor;
    const at = image * sums.length;
    for (let i = 0; i < sums.length; i++) padded[at + i] = Math.round(sums[i]! / area);
  }
  return padded;
}
