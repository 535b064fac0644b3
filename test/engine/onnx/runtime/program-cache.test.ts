import { describe, expect, it } from 'vitest';
import type { Executable } from '../../../../src/engine/onnx/runtime/executable.ts';
import { ProgramCache } from '../../../../src/engine/onnx/runtime/program-cache.ts';
import { descend } from './programs.ts';

function executable() {
  const released = { times: 0 };
  const model = { run: () => {}, endProfiling: () => {}, release: () => void released.times++ };
  return {
    released,
    made: {
      model,
      takes: [],
      gives: [],
      outputs: {},
      verify: () => {},
    } as Executable,
  };
}

describe('the cache of compiled programs', () => {
  it('makes each once for all its users, and releases it with the last', () => {
    const cache = new ProgramCache();
    const { made, released } = executable();
    const [first, second] = [{}, {}];
    expect(cache.get(descend, 'shapes', first, () => made)).toBe(made);
    expect(cache.get(descend, 'shapes', second, () => executable().made)).toBe(made);
    expect(cache.usedBy(second)).toEqual([made]);
    cache.release(first);
    expect(released.times).toBe(0);
    cache.release(second);
    expect(released.times).toBe(1);
    expect(cache.usedBy(second)).toEqual([]);
  });

  it('tells shapes apart', () => {
    const cache = new ProgramCache();
    const [a, b] = [executable().made, executable().made];
    cache.get(descend, 'a', {}, () => a);
    expect(cache.get(descend, 'b', {}, () => b)).toBe(b);
  });

  it('releases what was still being made', async () => {
    const cache = new ProgramCache();
    const { made, released } = executable();
    const user = {};
    const promise = Promise.resolve(made);
    cache.get(descend, 'shapes', user, () => promise);
    cache.release(user);
    await promise;
    await Promise.resolve();
    expect(released.times).toBe(1);
  });

  it('forgets what failed', () => {
    const cache = new ProgramCache();
    const made = executable().made;
    cache.get(descend, 'a', {}, () => executable().made);
    cache.drop(descend, 'a');
    expect(cache.get(descend, 'a', {}, () => made)).toBe(made);
  });
});
