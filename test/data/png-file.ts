import { crc32, deflateSync } from 'node:zlib';

const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** How the samples of a PNG file are meant. */
export interface PngForm {
  readonly width: number;
  readonly height: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha. */
  readonly type: number;
  readonly depth?: 1 | 2 | 4 | 8 | 16;
  readonly palette?: readonly number[];
  /** In the seven passes of Adam7. */
  readonly interlaced?: boolean;
  /** Chunks between the header and the data: name and data. */
  readonly chunks?: Readonly<Record<string, Uint8Array>>;
}

/** The first row and column of each pass of Adam7, and the distances to the next: y, x, dy, dx. */
const passes = [
  [0, 0, 8, 8],
  [0, 4, 8, 8],
  [4, 0, 8, 4],
  [0, 2, 4, 4],
  [2, 0, 4, 2],
  [0, 1, 2, 2],
  [1, 0, 2, 1],
] as const;

/**
 * A PNG file of the samples, as the specification has it: signature, header, palette, data, end.
 */
export function pngFile(form: PngForm, samples: ArrayLike<number>): Uint8Array {
  const { width, height, type, depth = 8, palette, interlaced = false, chunks = {} } = form;
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, depth);
  header.setUint8(9, type);
  header.setUint8(12, interlaced ? 1 : 0);
  const rows: Uint8Array[] = [];
  for (const [top, left, down, across] of interlaced ? passes : [[0, 0, 1, 1] as const])
    for (let y = top; y < height && left < width; y += down) {
      const row: number[] = [];
      for (let x = left; x < width; x += across)
        for (let i = 0; i < channelsOf[type]!; i++)
          row.push(samples[(y * width + x) * channelsOf[type]! + i]!);
      rows.push(Uint8Array.of(0), packed(row, depth));
    }
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', new Uint8Array(header.buffer)),
    ...(palette ? [chunk('PLTE', Uint8Array.from(palette))] : []),
    ...Object.entries(chunks).map(([name, data]) => chunk(name, data)),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** Samples of so many bits each, the first in the highest bits, filled up to a whole byte. */
function packed(samples: readonly number[], depth: number): Uint8Array {
  const bits = samples.map((sample) => sample.toString(2).padStart(depth, '0')).join('');
  return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
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
