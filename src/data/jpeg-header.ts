import { DataError } from './errors.ts';
import { exifOrientation } from './orientation.ts';
import { checkSize } from './picture.ts';

/** What is known of a JPEG file before it is decoded. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Of the Exif data; 1 without it. */
  readonly orientation: number;
  /** Where the first scan starts. */
  readonly scanOffset: number;
}

const [startOfImage, endOfImage, startOfScan, app1] = [0xd8, 0xd9, 0xda, 0xe1];
const huffmanTable = 0xc4;
/**
 * Each scan costs a pass over all pixels: a small file with very many would take hours. Encoders
 * write about ten.
 */
const mostScans = 100;

/**
 * Reads the segments of a JPEG file (ITU-T T.81, annex B) up to the marker that ends it. What comes
 * after that is left alone.
 * @throws DataError naming `file`, the offset and the rule
 */
export function readJpegHeader(file: string, bytes: Uint8Array): JpegHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 2 || view.getUint16(0) !== 0xff00 + startOfImage)
    throw new DataError(file, 0, 'expected a JPEG file (its marker SOI first)');
  let frame: Pick<JpegHeader, 'width' | 'height' | 'channels'> | undefined;
  let orientation = 1;
  let scanOffset = 0;
  for (let at = 2, scans = 0; ; ) {
    at = nextMarker(file, bytes, at);
    const marker = bytes[at - 1]!;
    if (marker === endOfImage) {
      if (frame !== undefined && scans > 0) return { ...frame, orientation, scanOffset };
      throw new DataError(file, at - 2, 'expected a picture before the marker that ends it');
    }
    const length = at + 2 <= bytes.length ? view.getUint16(at) : 0;
    if (length < 2 || at + length > bytes.length)
      throw new DataError(file, at, `expected a segment of ${length} bytes, and the file ends`);
    const segment = bytes.subarray(at + 2, at + length);
    if (isFrame(marker)) frame ??= readFrame(file, at, marker, segment);
    else if (marker === app1 && isExif(segment)) orientation = exifOrientation(segment.subarray(6));
    else if (marker === startOfScan) {
      scanOffset ||= at;
      if (++scans > mostScans) throw new DataError(file, at, `expected at most ${mostScans} scans, got more`);
    }
    at += length;
    if (marker === startOfScan) at = endOfScan(file, bytes, at);
  }
}

/** The place after the marker at `at`; bytes ff may fill the space before it. */
function nextMarker(file: string, bytes: Uint8Array, at: number): number {
  if (at >= bytes.length) throw endsEarly(file, bytes);
  if (bytes[at] !== 0xff) throw new DataError(file, at, `expected a marker (ff), got ${hex(bytes[at]!)}`);
  let place = at;
  while (bytes[place] === 0xff) place++;
  if (place >= bytes.length) throw endsEarly(file, bytes);
  return place + 1;
}

/**
 * The place of the marker that ends a scan: ff, and neither a zero, which makes it data, nor a
 * restart marker.
 */
function endOfScan(file: string, bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw endsEarly(file, bytes);
}

function endsEarly(file: string, bytes: Uint8Array): DataError {
  return new DataError(file, bytes.length, 'expected the marker that ends a JPEG picture, and the file ends');
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![huffmanTable, 0xc8, 0xcc].includes(marker);
}

function readFrame(file: string, at: number, marker: number, segment: Uint8Array) {
  if (marker > 0xc2) {
    const rule = `expected a baseline or progressive JPEG (SOF0 to SOF2), got SOF${marker - 0xc0}`;
    throw new DataError(file, at - 1, rule);
  }
  if (segment.length < 6) throw new DataError(file, at, 'expected a frame header of at least 8 bytes');
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  const [precision, height, width, components] = [
    segment[0]!,
    view.getUint16(1),
    view.getUint16(3),
    segment[5]!,
  ];
  if (precision !== 8) throw new DataError(file, at + 2, `expected 8 bits a sample, got ${precision}`);
  checkSize(file, at + 3, width, height);
  if (components !== 1 && components !== 3) {
    const kind = components === 4 ? ' (CMYK; convert the file to RGB)' : '';
    throw new DataError(file, at + 7, `expected 1 or 3 colour components, got ${components}${kind}`);
  }
  return { width, height, channels: components } as const;
}

function isExif(segment: Uint8Array): boolean {
  return Buffer.from(segment.subarray(0, 6)).toString('latin1') === 'Exif\0\0';
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
