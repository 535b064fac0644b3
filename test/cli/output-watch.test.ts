import { describe, expect, it } from 'vitest';
import type { LostListener } from '../../src/cli/output.ts';
import { OutputWatch } from '../../src/cli/output-watch.ts';
import type { RunEvent } from '../../src/runs/index.ts';

function watched() {
  const listeners = new Map<string, LostListener>();
  const written: string[] = [];
  const stream = (name: string) => ({
    write: (text: string) => written.push(text),
    onLost(listener: LostListener) {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
  });
  const told: RunEvent[] = [];
  const console = { stdout: stream('stdout'), stderr: stream('stderr'), env: {} };
  const watch = new OutputWatch(console, (event) => told.push(event));
  return {
    watch,
    told,
    written,
    listeners,
    lose: (name: string, code: string) => listeners.get(name)!(code),
  };
}
const lost = (stream: string, code: string, index: number) => ({ kind: 'output-lost', index, stream, code });

describe('the watch on the output of a run', () => {
  it('tells what was lost before the start once the run has started, and the rest at its step', () => {
    const { watch, told, written, lose } = watched();
    lose('stderr', 'EPIPE');
    expect(told).toEqual([]);
    watch.onEvent({ kind: 'started', index: 3, steps: 9 });
    watch.onStep({ index: 6 });
    lose('stdout', 'ENOSPC');
    expect(told).toEqual([lost('stderr', 'EPIPE', 3), lost('stdout', 'ENOSPC', 7)]);
    expect(written).toEqual(['weir: stdout: cannot be written (ENOSPC)\n']);
    expect(watch.end()).toEqual([]);
  });

  it('gives back what was lost after the end, and listens no more', () => {
    const { watch, told, listeners, lose } = watched();
    watch.onEvent({ kind: 'started', index: 0, steps: 9 });
    watch.onBatched(9, 1, { index: 8 });
    watch.onEvent({ kind: 'ended', index: 9, ended: 'finished', elapsed: 1 });
    lose('stdout', 'EIO');
    expect(told).toEqual([]);
    expect(watch.end()).toEqual([lost('stdout', 'EIO', 9)]);
    expect([...listeners.keys()]).toEqual([]);
  });
});
