import { crc32, deflateSync } from 'node:zlib';

const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** How the samples of a PNG file are meant. */
export interface PngForm {
  readonly width: number;
  readonly height: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha. */
  readonly type: number;
  readonly depth?: 8 | 16;
  readonly palette?: readonly number[];
  /** Only says so in the header: the same bytes where the picture is one pixel. */
  readonly interlaced?: boolean;
}

/** A PNG file of the samples, as the specification has it: signature, header, palette, data, end. */
export function pngFile(
  { width, height, type, depth = 8, palette, interlaced = false }: PngForm,
  samples: ArrayLike<number>,
): Uint8Array {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, depth);
  header.setUint8(9, type);
  header.setUint8(12, interlaced ? 1 : 0);
  const perRow = (width * channelsOf[type]! * depth) / 8;
  const bytes = Uint8Array.from(
    depth === 8 ? Array.from(samples) : Array.from(samples).flatMap((sample) => [sample >> 8, sample & 255]),
  );
  const rows: Uint8Array[] = [];
  for (let row = 0; row < height; row++)
    rows.push(Uint8Array.of(0), bytes.subarray(row * perRow, (row + 1) * perRow));
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', new Uint8Array(header.buffer)),
    ...(palette ? [chunk('PLTE', Uint8Array.from(palette))] : []),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.length);
  return frame;
}

/** The file with the checksum of every chunk made right, as far as its chunks can be followed. */
export function mended(file: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (at + 12 + length > bytes.length) break;
    bytes.writeUInt32BE(crc32(bytes.subarray(at + 4, at + 8 + length)), at + 8 + length);
    at += 12 + length;
  }
  return bytes;
}
