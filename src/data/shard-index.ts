import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isRecord, show, writeWhole } from '../base/index.ts';
import { openFile, type ReadAt } from './byte-store.ts';
import { DataError } from './errors.ts';
import { mostClasses } from './most-classes.ts';
import { statFile } from './stat-file.ts';
import { type TarMember, tarMembers } from './tar-members.ts';

/** Where the examples of a shard are. */
export interface ShardIndex {
  readonly file: string;
  /** Bytes and time of change of the shard, by which an index is known to be true. */
  readonly size: number;
  readonly mtimeMs: number;
  /** Where the picture of each example begins, in blocks of 512 bytes, and its bytes. */
  readonly blocks: Int32Array;
  readonly sizes: Int32Array;
  /** The class of each example, where they have classes. */
  readonly labels: Int32Array | undefined;
  /** The text about each example, where they have texts. */
  readonly captions: readonly string[] | undefined;
}

/** Raised when the form or the meaning of an index changes. */
const version = 1;
/** The most bytes of a file beside a picture. */
const mostText = 2 ** 16;
const mostPicture = 2 ** 29;
const mostLabel = mostClasses - 1;
/** Headers are read together with what is near them. */
const windowBytes = 8192;
const pictures = ['png', 'jpg', 'jpeg', 'webp'];

/**
 * The index of a shard: that of the cache, where the shard still has the size and the time of
 * change that it had, or one that is made, which reads every header of the archive.
 * @param cache folder of the indexes; one that cannot be written is done without
 * @throws DataMissingError without a file, DataError for a shard that is broken or cut short
 */
export async function shardIndex(path: string, cache: string | undefined): Promise<ShardIndex> {
  const file = resolve(path);
  const found = await statFile(file);
  const kept =
    cache === undefined
      ? undefined
      : join(cache, `${createHash('sha256').update(file).digest('hex').slice(0, 32)}.json`);
  const { size, mtimeMs } = found;
  const cached = kept === undefined ? undefined : await cachedIndex(kept, { file, size, mtimeMs });
  if (cached !== undefined) return cached;
  const made = openFile(file, found, (readAt) => makeIndex(file, size, mtimeMs, readAt));
  if (kept !== undefined)
    await mkdir(cache!, { recursive: true })
      .then(() => writeWhole(kept, textOf(made)))
      .catch(() => undefined);
  return made;
}

/** What the files of one example hold. */
interface Example {
  readonly key: string;
  picture?: TarMember;
  label?: number;
  caption?: string;
}

function makeIndex(file: string, size: number, mtimeMs: number, readAt: ReadAt): ShardIndex {
  const read = windowed(readAt, size);
  const examples: Example[] = [];
  for (const member of tarMembers(file, size, read)) {
    const [, key, ending] = /^(.*?[^/.][^/.]*)\.([^/]*)$/s.exec(member.name) ?? [];
    if (key === undefined || ending === undefined) continue;
    let example = examples.at(-1);
    if (example?.key !== key) {
      example = { key };
      examples.push(example);
    }
    addMember(file, example, ending.toLowerCase(), member, read);
  }
  const described = examples.filter(({ picture, label, caption }) => picture ?? label ?? caption);
  for (const { key, picture } of described)
    if (picture === undefined)
      throw new DataError(
        file,
        undefined,
        `expected a picture (${pictures.join(', ')}) beside the other files of ${key}, got none`,
      );
  return {
    file,
    size,
    mtimeMs,
    blocks: Int32Array.from(described, ({ picture }) => picture!.start / 512),
    sizes: Int32Array.from(described, ({ picture }) => picture!.size),
    labels: allOrNone(file, described, 'label', 'class')?.reduce<Int32Array>(
      (all, label, i) => all.fill(label as number, i, i + 1),
      new Int32Array(described.length),
    ),
    captions: allOrNone(file, described, 'caption', 'caption') as readonly string[] | undefined,
  };
}

/** What each of the examples has. @throws DataError where some have it and others do not */
function allOrNone(file: string, examples: readonly Example[], part: 'label' | 'caption', name: string) {
  const without = examples.filter((example) => example[part] === undefined);
  if (without.length === examples.length) return undefined;
  if (without.length > 0)
    throw new DataError(
      file,
      undefined,
      `expected a ${name} of every example or of none, got none of ${without[0]!.key} (${without.length} of ${examples.length})`,
    );
  return examples.map((example) => example[part]!);
}

function addMember(file: string, example: Example, ending: string, member: TarMember, read: ReadAt): void {
  const refuse = (rule: string): never => {
    throw new DataError(file, member.start, `${member.name}: ${rule}`);
  };
  if (pictures.includes(ending)) {
    if (example.picture !== undefined)
      refuse(`expected one picture of ${example.key}, got ${example.picture.name} too`);
    if (member.size > mostPicture) refuse(`expected at most ${mostPicture} bytes, got ${member.size}`);
    example.picture = member;
    return;
  }
  if (!['cls', 'txt', 'json'].includes(ending)) return;
  if (member.size > mostText) refuse(`expected at most ${mostText} bytes, got ${member.size}`);
  const bytes = new Uint8Array(member.size);
  read(member.start, bytes);
  const text = new TextDecoder().decode(bytes).trim();
  if (ending === 'cls') example.label = labelIn(Number(text || 'none'), show(text), refuse);
  else if (ending === 'txt') example.caption = text;
  else addFields(example, text, refuse);
}

/** Of JSON, the fields `label` (or `cls`) and `caption`; others are left out. */
function addFields(example: Example, text: string, refuse: (rule: string) => never): void {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    refuse(`expected JSON (${(cause as Error).message})`);
  }
  if (!isRecord(content)) return;
  const { cls, label = cls, caption } = content;
  if (label !== undefined) example.label = labelIn(label, show(label), refuse);
  if (typeof caption === 'string') example.caption = caption;
}

function labelIn(label: unknown, shown: string, refuse: (rule: string) => never): number {
  if (typeof label === 'number' && Number.isInteger(label) && label >= 0 && label <= mostLabel) return label;
  return refuse(`expected a class from 0 to ${mostLabel}, got ${shown}`);
}

/** Reads what is asked for together with what follows it. */
function windowed(readAt: ReadAt, length: number): ReadAt {
  let from = 0;
  let window = new Uint8Array();
  return (start, into) => {
    if (into.length > windowBytes) return readAt(start, into);
    if (start < from || start + into.length > from + window.length) {
      from = start;
      window = new Uint8Array(Math.min(windowBytes, length - start));
      readAt(from, window);
    }
    into.set(window.subarray(start - from, start - from + into.length));
  };
}

function textOf({ blocks, sizes, labels, captions, ...form }: ShardIndex): string {
  const packed = (numbers: Int32Array | undefined) =>
    numbers && Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
  const parts = { blocks: packed(blocks), sizes: packed(sizes), labels: packed(labels), captions };
  return JSON.stringify({ version, ...form, ...parts });
}

/** The index in a file, where it is one of this version, of the shard as it is. */
async function cachedIndex(
  path: string,
  shard: Pick<ShardIndex, 'file' | 'size' | 'mtimeMs'>,
): Promise<ShardIndex | undefined> {
  const numbers = (text: unknown) => {
    const bytes = Uint8Array.from(Buffer.from(String(text), 'base64'));
    return new Int32Array(bytes.buffer, 0, bytes.length >> 2);
  };
  try {
    const { version: written, labels, captions, ...kept } = JSON.parse(await readFile(path, 'utf8'));
    const same = (['file', 'size', 'mtimeMs'] as const).every((name) => kept[name] === shard[name]);
    if (written !== version || !same) return undefined;
    const [blocks, sizes] = [numbers(kept.blocks), numbers(kept.sizes)];
    return { ...shard, blocks, sizes, labels: labels && numbers(labels), captions };
  } catch {
    return undefined;
  }
}
