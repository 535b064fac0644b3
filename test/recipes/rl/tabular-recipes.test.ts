import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { grid, plane, tabularRecipes } from '../../../src/recipes/rl/tabular-recipes.ts';
import { scratchFolder, weir } from '../../support/weir.ts';

const root = scratchFolder();

async function train(recipe: string, ...args: string[]) {
  const out = join(root, `${recipe}-${args.join('-').replaceAll(/[^a-z0-9]/g, '')}`);
  const { code, stdout, stderr } = await weir(
    'train',
    recipe,
    '--engine',
    'cpu',
    '--json',
    '--quiet',
    '--no-serve',
    '--out',
    out,
    ...args,
  );
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Whether each state is drawn in the middle of the cell whose colour is its value. */
function liesInItsCell({ map, place }: ReturnType<typeof grid>, states: number): boolean {
  const { values, columns } = map(Float32Array.from({ length: states }, (_, state) => state));
  return Array.from({ length: states }, (_, state) => state).every((state) => {
    const [column, row] = place(state);
    const middle = column % 1 === 0.5 && row % 1 === 0.5;
    return middle && values[Math.floor(row) * columns + Math.floor(column)] === state;
  });
}

describe('the pictures of tables', () => {
  it('have the way in the middle of the cells that it leads through', () => {
    expect(liesInItsCell(grid(4), 16)).toBe(true);
    expect(liesInItsCell(plane(3), 9)).toBe(true);
    expect(grid(12).place(13)).toEqual([1.5, 1.5]);
    // Position 1 of 3, the highest of 3 speeds: upper row, second column.
    expect(plane(3).place(5)).toEqual([1.5, 0.5]);
  });

  it('begin the way with a ring where the episode begins', async () => {
    const { picture } = await train('cliff-walking-q', '--steps', '10');
    const { data, width } = PNG.sync.read(readFileSync(picture));
    // The walker begins in the fourth row of the first column; a cell is 53 pixels wide.
    const [x, y] = [26.5, 3 * 53 + 26.5];
    const bluest = (left: number) =>
      Math.max(
        ...[-1, 0, 1].flatMap((dx) =>
          [-1, 0, 1].map((dy) => data[4 * (Math.floor(y + dy) * width + Math.floor(left + dx)) + 2]!),
        ),
      );
    for (const left of [x - 6, x + 6]) expect(bluest(left)).toBeGreaterThan(200);
    for (const left of [x - 12, x + 12]) expect(bluest(left)).toBeLessThan(200);
  });
});

describe('the recipes for tables', () => {
  it.each(tabularRecipes.map(({ name }) => name))('%s learns, saves, draws and judges', async (name) => {
    const report = await train(name, '--steps', '2000', '--checkpoint-every', '1000');
    expect(report).toMatchObject({ ended: 'finished', steps: 2000, recipe: name });
    expect(report.quality.lengthMean).toBeGreaterThan(0);
    expect(report.picture).toMatch(/final\.png$/);
  });

  it('the taxi brings passengers home', async () => {
    const { quality } = await train('taxi-q');
    expect(quality.returnMean).toBeGreaterThanOrEqual(7);
  });

  it('the ice is crossed in more than half of the episodes after a tenth of the steps', async () => {
    const { quality } = await train('frozen-lake-q', '--steps', '150000', '--set', 'anneal-steps=130000');
    expect(quality.returnMean).toBeGreaterThan(0.5);
  });

  it('the car reaches its goal in the 2,500 episodes that a short run has', async () => {
    const { quality, steps } = await train('mountain-car-q', '--set', 'episodes=2500');
    expect(steps).toBeLessThan(500_000);
    expect(quality.returnMean).toBeGreaterThan(-195);
  });

  it('name an option against its rule', async () => {
    const refused = async (...args: string[]) => (await weir('train', 'taxi-q', ...args)).stderr;
    expect(await refused('--set', 'alpha=-1')).toContain(
      'set alpha: expected a finite number from 0 to 1, got -1',
    );
    expect(await refused('--set', 'bins=40')).toContain('--set: expected one of method, alpha');
    expect(await refused('--set', 'lookahead=0')).toContain('expected a whole number from 1 to 1000, got 0');
    expect(await refused('--batch', '7')).toContain('--batch: expected none for recipe taxi-q');
    expect(await refused('--steps', '0')).toContain('--steps: expected a whole number from 1, got 0');
  });
});
