import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generated } from '../../dashboards/source/generated.ts';

const root = join(import.meta.dirname, '../..');

describe('what is generated', () => {
  it('is what `npm run dashboards` writes', () => {
    const stale = [...generated()].filter(([path, text]) => readFileSync(join(root, path), 'utf8') !== text);
    expect(stale.map(([path]) => path)).toEqual([]);
  });

  it('has no board beside it that nothing generates', () => {
    const there = readdirSync(join(root, 'dashboards/boards')).map((name) => `dashboards/boards/${name}`);
    expect(there.filter((path) => !generated().has(path))).toEqual([]);
  });
});
