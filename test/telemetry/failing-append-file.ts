import { type AppendFile, openAppendFile } from '../../src/runs/directory/append-file.ts';

/** A real file whose disk can be made full, broken, or slow to take. */
export class FailingDisk {
  /** Bytes that it still takes. */
  room = Infinity;
  /** The operation that fails whenever it is asked for. */
  broken: keyof AppendFile | undefined;
  appends = 0;

  open = (path: string): AppendFile => {
    const file = openAppendFile(path);
    const guarded = <Args extends unknown[], R>(name: keyof AppendFile, act: (...args: Args) => R) => {
      return (...args: Args): R => {
        if (this.broken === name) throw Object.assign(new Error(`EIO: injected, ${name}`), { code: 'EIO' });
        return act(...args);
      };
    };
    return {
      size: guarded('size', file.size),
      read: guarded('read', file.read),
      append: guarded('append', (bytes: Uint8Array) => {
        this.appends++;
        const taken = bytes.subarray(0, Math.min(this.room, bytes.length));
        if (taken.length === 0 && bytes.length > 0)
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        this.room -= taken.length;
        return file.append(taken);
      }),
      truncate: guarded('truncate', (size: number) => {
        this.room += file.size() - size;
        file.truncate(size);
      }),
      sync: guarded('sync', file.sync),
      close: guarded('close', file.close),
    };
  };
}
