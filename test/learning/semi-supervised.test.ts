import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compare, digits } from '../../experiments/semi-supervised.ts';
import { onnxEngine } from '../../src/engine/index.ts';

const folder = join(import.meta.dirname, '../../../shared/data/digits');
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

it.skipIf(!existsSync(folder))(
  'examples without labels take errors away from a classifier of 100 labelled digits (needs ../shared/data)',
  async () => {
    const engine = await onnxEngine();
    const runs = [1, 2, 3].map((seed) => compare(engine, digits(folder), 10, 2000, seed));
    const of = (kind: 'alone' | 'together') => median(runs.map((run) => run[kind]));
    console.info(JSON.stringify(runs));
    expect(of('together')).toBeLessThan(of('alone') - 1.5);
  },
);
