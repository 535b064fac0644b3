import { basename, dirname } from 'node:path';
import type { FileSystem, OpenFile } from 'weir-streams/checkpoint';

interface Content {
  bytes: Uint8Array;
  /** What a loss of power leaves of it for certain. */
  synced: Uint8Array;
}

/** What the disk happened to have done by itself when the power went. */
export interface Luck {
  readonly content: 'lost' | 'half' | 'kept';
  readonly names: 'lost' | 'kept';
}

/** Thrown by every operation once the power is off. */
export class PowerOff extends Error {}

/**
 * One folder in memory that keeps apart what a program sees and what survives a loss of power:
 * content after `sync`, names after `syncFolder`. The power goes off at the operation with the
 * number `powerOffAt`, counted from 0.
 */
export class MemoryFileSystem implements FileSystem {
  readonly log: string[] = [];
  powerOffAt = Number.POSITIVE_INFINITY;
  /** Whether the disk only says that it has synced. */
  lies = false;
  #seen = new Map<string, Content>();
  #durable = new Map<string, Content>();

  /** The same disk after the power has come back. */
  restarted(luck: Luck): MemoryFileSystem {
    const next = new MemoryFileSystem();
    for (const [name, { bytes, synced }] of luck.names === 'kept' ? this.#seen : this.#durable) {
      const left = { lost: synced, kept: bytes, half: bytes.slice(0, bytes.length / 2) }[luck.content];
      const content = bytes === synced ? bytes : left;
      next.#seen.set(name, { bytes: content, synced: content });
    }
    next.#durable = new Map(next.#seen);
    return next;
  }

  async makeFolder(): Promise<void> {
    this.#step('makeFolder');
  }

  async names(): Promise<string[]> {
    this.#step('names');
    return [...this.#seen.keys()];
  }

  async create(path: string): Promise<OpenFile> {
    this.#step(`create ${basename(path)}`);
    const content: Content = { bytes: new Uint8Array(0), synced: new Uint8Array(0) };
    this.#seen.set(basename(path), content);
    return {
      write: async (bytes) => {
        this.#step('write');
        content.bytes = Buffer.concat([content.bytes, bytes]);
        return bytes.length;
      },
      sync: async () => {
        this.#step('sync');
        if (!this.lies) content.synced = content.bytes;
      },
      close: async () => this.#step('close'),
    };
  }

  async read(path: string): Promise<Uint8Array> {
    this.#step('read');
    return this.#seen.get(basename(path))!.bytes;
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step(`rename ${basename(from)} ${basename(to)}`);
    this.#seen.set(basename(to), this.#seen.get(basename(from))!);
    this.#seen.delete(basename(from));
  }

  async remove(path: string): Promise<void> {
    this.#step(`remove ${basename(path)}`);
    this.#seen.delete(basename(path));
  }

  async syncFolder(path: string): Promise<void> {
    this.#step(`syncFolder ${dirname(`${path}/x`)}`);
    if (!this.lies) this.#durable = new Map(this.#seen);
  }

  #step(what: string): void {
    if (this.log.length >= this.powerOffAt) throw new PowerOff(what);
    this.log.push(what);
  }
}
