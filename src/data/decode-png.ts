import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { systemCode } from '../base/index.ts';
import { DataError } from './errors.ts';
import { exifOrientation, isSideways, upright } from './orientation.ts';
import { checkSize, overWhite, type Picture, type PictureForm } from './picture.ts';
import { type PngChunk, pngChunks } from './png-chunks.ts';

/** The first bytes of every PNG file. */
export const pngSignature: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const greyTypes = [0, 4];
const samplesPerPixel: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
/** Deflate packs no more than 1,032 bytes into one (https://zlib.net/zlib_tech.html). */
const mostPerByte = 1032;
/** Some encoders pack a little more than the rows; a file that unpacks to much more is refused. */
const spare = 65_536;
/**
 * Where the passes of Adam7 start and how far their pixels are apart: x, y, dx, dy (PNG
 * specification, section 8.2).
 */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

interface Parts {
  readonly form: PictureForm;
  readonly orientation: number;
  /** How many bytes the rows fill, one byte for the filter of each included. */
  readonly rowBytes: number;
  readonly imageData: readonly PngChunk[];
  /** Where IEND ends. */
  readonly end: number;
}

/**
 * Checks a PNG file without unpacking its image data: header, chunks, checksums.
 * @throws DataError naming `file`, the offset and the rule
 */
export function inspectPng(file: string, bytes: Uint8Array): PictureForm {
  return readParts(file, bytes).form;
}

/**
 * Decodes a PNG file of any colour type and depth to 8 bits a channel: grey (without or with alpha)
 * to one channel, everything else to three. What is transparent is laid over white, and the
 * orientation of an `eXIf` chunk is applied.
 * @throws DataError naming `file`, the offset and the rule
 */
export function decodePng(file: string, bytes: Uint8Array): Picture {
  const { form, orientation, rowBytes, imageData, end } = readParts(file, bytes);
  checkRows(file, imageData, rowBytes);
  try {
    const picture = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, end));
    return upright(overWhite(picture, form.channels), orientation);
  } catch (cause) {
    throw new DataError(file, imageData[0]!.offset, `broken PNG data (${(cause as Error).message})`, {
      cause,
    });
  }
}

function readParts(file: string, bytes: Uint8Array): Parts {
  if (pngSignature.some((byte, i) => bytes[i] !== byte))
    throw new DataError(file, 0, 'expected a PNG file (its signature first)');
  const imageData: PngChunk[] = [];
  let header: ReturnType<typeof readHeader> | undefined;
  let orientation = 1;
  let end = 0;
  for (const chunk of pngChunks(file, bytes)) {
    if (header === undefined) header = readHeader(file, chunk, bytes.length);
    else if (chunk.name === 'IDAT') imageData.push(chunk);
    else if (chunk.name === 'eXIf') orientation = exifOrientation(chunk.data);
    end = chunk.offset + chunk.data.length + 4;
  }
  if (header === undefined || imageData.length === 0)
    throw new DataError(file, end, 'expected image data (a chunk IDAT) before IEND');
  const { width, height, channels, rowBytes } = header;
  const form = isSideways(orientation)
    ? { width: height, height: width, channels }
    : { width, height, channels };
  return { form, orientation, rowBytes, imageData, end };
}

/** Checks the size in the header before the decoder allocates memory for as many pixels. */
function readHeader(file: string, { name, offset, data }: PngChunk, fileBytes: number) {
  if (data.length !== 13 || name !== 'IHDR')
    throw new DataError(file, offset - 8, 'expected the PNG header chunk IHDR of 13 bytes');
  const view = new DataView(data.buffer, data.byteOffset, 13);
  const [width, height, depth, colourType] = [view.getUint32(0), view.getUint32(4), data[8]!, data[9]!];
  checkSize(file, offset, width, height);
  const allowed = depths[colourType];
  if (allowed === undefined)
    throw new DataError(file, offset + 9, `expected a colour type of 0, 2, 3, 4 or 6, got ${colourType}`);
  if (!allowed.includes(depth)) {
    const rule = `expected a bit depth of ${allowed.join(', ')} with colour type ${colourType}, got ${depth}`;
    throw new DataError(file, offset + 8, rule);
  }
  const interlacing = data[12]!;
  if (interlacing > 1)
    throw new DataError(file, offset + 12, `expected an interlace method of 0 or 1, got ${interlacing}`);
  const bitsPerPixel = samplesPerPixel[colourType]! * depth;
  const rowBytes = (interlacing === 0 ? [[0, 0, 1, 1] as const] : passes)
    .map(([x, y, dx, dy]) => [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)] as const)
    .reduce(
      (sum, [columns, rows]) =>
        columns > 0 && rows > 0 ? sum + rows * (1 + Math.ceil((columns * bitsPerPixel) / 8)) : sum,
      0,
    );
  if (rowBytes > mostPerByte * fileBytes) {
    const rule = `${width} x ${height} pixels cannot come from a file of ${fileBytes} bytes`;
    throw new DataError(file, offset, rule);
  }
  return { width, height, rowBytes, channels: greyTypes.includes(colourType) ? 1 : 3 } as const;
}

/**
 * pngjs 7 shows whatever was in memory where rows are missing, and unpacks interlaced data without
 * a limit.
 */
function checkRows(file: string, imageData: readonly PngChunk[], rowBytes: number): void {
  let got: number;
  try {
    const packed = Buffer.concat(imageData.map(({ data }) => data));
    got = inflateSync(packed, { maxOutputLength: rowBytes + spare }).length;
  } catch (cause) {
    const rule =
      systemCode(cause) === 'ERR_BUFFER_TOO_LARGE'
        ? `expected ${rowBytes} bytes of rows, and the image data holds more`
        : `broken image data (${(cause as Error).message})`;
    throw new DataError(file, imageData[0]!.offset, rule, { cause });
  }
  if (got < rowBytes)
    throw new DataError(file, imageData[0]!.offset, `expected ${rowBytes} bytes of rows, got ${got}`);
}
