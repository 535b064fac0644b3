/** The bytes of an idx file of unsigned bytes. */
export function idxFile(dimensions: readonly number[], data: ArrayLike<number>): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * dimensions.length));
  header.setUint8(2, 0x08);
  header.setUint8(3, dimensions.length);
  dimensions.forEach((dimension, axis) => {
    header.setUint32(4 + 4 * axis, dimension);
  });
  return Buffer.concat([new Uint8Array(header.buffer), Uint8Array.from(data)]);
}
