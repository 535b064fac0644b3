import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { record } from '../../src/runs/index.ts';
import { ListenError, livePage, type Served } from '../../src/server/index.ts';
import { Run } from '../../src/streams/index.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();
const parts = { recipe: 'wgan-gp', set: { width: 4, depth: 1 }, batch: 8, engine: 'cpu', warn: () => {} };

describe('livePage', () => {
  it('shows a run while it trains, and ends with it', async () => {
    const run = new Run();
    let page: Served | undefined;
    const shown: unknown[] = [];
    const onStep = async ({ index }: { readonly index: number }) => {
      if (index !== 3) return;
      run.pause();
      for (const path of ['readyz', 'api/runs']) shown.push(await (await fetch(page!.url + path)).text());
      run.resume();
    };
    const extensions = [livePage({ port: 0, onOpen: (opened) => (page = opened) })];
    const observers = [{ name: 'visitor', onStep: (event: { index: number }) => void onStep(event) }];
    await record(run, { ...parts, dir: join(root, 'shown'), steps: 6, extensions, observers });
    expect(shown).toEqual(['ready\n', expect.stringContaining('"recipe":"wgan-gp"')]);
    await expect(fetch(page!.url)).rejects.toThrow('fetch failed');
  });

  it('refuses a run where its port is taken, before a directory is made', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => other.once('listening', listening));
    const { port } = other.address() as AddressInfo;
    const dir = join(root, 'refused');
    await expect(
      record(new Run(), { ...parts, dir, steps: 2, extensions: [livePage({ port })] }),
    ).rejects.toThrow(ListenError);
    expect(existsSync(dir)).toBe(false);
    await new Promise((closed) => other.close(closed));
  });
});
