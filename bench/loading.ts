/**
 * Pictures a second from a tar archive of JPEG files to batches of float32: read, decoded, cropped
 * and averaged down on one thread, beside a DataLoader of PyTorch without workers. Run it with
 * `npm run bench -- loading`.
 *
 * By CPU time of the processes, which other load on the machine does not count into; both take
 * batches in turn within every round, and the median of the rounds counts.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataset, shuffled } from '../src/data/index.ts';
import { fillBits, keyOf } from '../src/engine/index.ts';
import { jpegFile } from '../test/data/picture-files.ts';
import { tarFile } from '../test/data/tar-file.ts';
import { Peer } from './peer.ts';
import { markdown } from './table.ts';

const [count, height, width, side, batch] = [128, 192, 256, 64, 32];

interface Loading {
  readonly loader: string;
  readonly perSecond: number;
}

/** A picture with edges and noise, of which a JPEG file takes about 20 kB. */
function pictureOf(number: number) {
  const bits = new Uint32Array(height * width);
  fillBits(keyOf(number, 'bench/loading'), bits);
  const rgb = Array.from({ length: 3 * height * width }, (_, i) => {
    const [pixel, channel] = [Math.floor(i / 3), i % 3];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const wave = Math.sin((x * (number % 7) + y * (channel + 1)) / 19) + (x > 8 * (number % 20) ? 1 : -1);
    return Math.max(0, Math.min(255, Math.round(128 + 45 * wave + (bits[pixel]! >>> 28))));
  });
  return { height, width, rgb };
}

/** Takes batches. @returns the CPU seconds that they took */
type Taker = (batches: number) => Promise<number>;

async function ours(archive: string): Promise<Taker> {
  const data = await openDataset(`shards:${archive},${side}`);
  const source = shuffled(data, { size: batch, seed: 1 })[Symbol.iterator]();
  return async (batches) => {
    const before = process.cpuUsage();
    for (let i = 0; i < batches; i++) source.next();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
}

const theirs =
  (peer: Peer): Taker =>
  async (batches) => {
    const { processor } = (await peer.steps('0', 'batch', batches))!;
    return processor.reduce((sum, seconds) => sum + seconds, 0);
  };

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** @param options.rounds how often each takes `options.batches` batches */
export async function benchLoading({ rounds = 9, batches = 4 } = {}): Promise<Loading[]> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  const archive = join(folder, 'a.tar');
  const files = Array.from({ length: count }, (_, i) => jpegFile(pictureOf(i), { quality: 90 }));
  writeFileSync(archive, tarFile(files.map((file, i) => [`${i}.jpg`, file])));
  const options = ['pytorch_loader.py', archive, String(side), String(batch)];
  const peer = new Peer('/usr/bin/python3', options, { OMP_NUM_THREADS: '1' });
  try {
    const takers: [string, Taker][] = [['Weir, `shuffled`', await ours(archive)]];
    const version = await peer.answer();
    if (version !== undefined) takers.push([`PyTorch ${version}, DataLoader with Pillow`, theirs(peer)]);
    const rates = takers.map(() => [] as number[]);
    for (const [, take] of takers) await take(batches);
    for (let round = 0; round < rounds; round++)
      for (const [i, [, take]] of takers.entries()) rates[i]!.push((batch * batches) / (await take(batches)));
    return takers.map(([loader], i) => ({ loader, perSecond: median(rates[i]!) }));
  } finally {
    peer.close();
    rmSync(folder, { recursive: true });
  }
}

/** The table of docs/benchmarks.md. */
export function loadingTable(rows: readonly Loading[]): string {
  const peer = rows.find(({ loader }) => loader.startsWith('PyTorch'));
  const table = markdown(
    ['loader', 'pictures a CPU second:', 'beside PyTorch:'],
    rows.map(({ loader, perSecond }) => {
      const ratio = peer === undefined ? '' : `${(perSecond / peer.perSecond).toFixed(2)}x`;
      return [loader, perSecond.toFixed(0), ratio];
    }),
  );
  return [
    `JPEG files of ${width} x ${height}, quality 90, from one tar archive to batches of ${batch} x ${side} x ${side} x 3.`,
    '',
    table,
  ].join('\n');
}
