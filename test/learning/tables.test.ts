import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder, weir } from '../support/weir.ts';

const root = scratchFolder();
const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;

/** Trains a recipe and reads what its episodes returned, in order. */
async function train(recipe: string, seed: number) {
  const out = join(root, `${recipe}-${seed}`);
  const args = [
    'train',
    recipe,
    '--seed',
    String(seed),
    '--engine',
    'cpu',
    '--json',
    '--quiet',
    '--no-serve',
  ];
  const { code, stdout, stderr } = await weir(...args, '--out', out);
  if (code !== 0) throw new Error(stderr);
  const lines = readFileSync(join(out, 'log.jsonl'), 'utf8').trimEnd().split('\n');
  const returns = lines.map((line) => JSON.parse(line).return as number);
  return { returns, quality: JSON.parse(stdout).quality as { returnMean: number } };
}

/** The best mean of 100 episodes in a row. */
function bestHundred(returns: readonly number[]): number {
  let sum = mean(returns.slice(0, 100)) * 100;
  let best = sum / 100;
  for (let i = 100; i < returns.length; i++) {
    sum += returns[i]! - returns[i - 100]!;
    best = Math.max(best, sum / 100);
  }
  return best;
}

const seeds = Array.from({ length: 10 }, (_, i) => i + 1);

describe('the experiment that this project began with', () => {
  it.each(seeds)('seed %i finds the goal in time, and comes to about -135', async (seed) => {
    const { returns, quality } = await train('mountain-car-q', seed);
    const first = returns.findIndex((value) => value > -200) + 1;
    const last = mean(returns.slice(-1000));
    console.info(
      `mountain-car-q seed ${seed}: first goal ${first}, last 1000 ${last}, greedy ${quality.returnMean}`,
    );
    expect(returns).toHaveLength(20_000);
    expect(first).toBeGreaterThanOrEqual(700);
    expect(first).toBeLessThanOrEqual(1500);
    expect(last).toBeGreaterThanOrEqual(-165);
    expect(last).toBeLessThanOrEqual(-115);
    expect(quality.returnMean).toBeGreaterThanOrEqual(-190);
  });
});

describe('the finer table', () => {
  it('reaches -110 over 100 episodes with at least 8 of 10 seeds', async () => {
    const best: number[] = [];
    for (const seed of seeds) {
      const { returns, quality } = await train('mountain-car-q-fine', seed);
      best.push(bestHundred(returns));
      console.info(
        `mountain-car-q-fine seed ${seed}: best 100 ${best.at(-1)}, last 1000 ${mean(returns.slice(-1000))}, greedy ${quality.returnMean}`,
      );
    }
    expect(best.filter((value) => value >= -110).length).toBeGreaterThanOrEqual(8);
  });
});

describe('tables on grids', () => {
  it.each([1, 2, 3])('seed %i brings passengers home for at least 7', async (seed) => {
    const { quality } = await train('taxi-q', seed);
    console.info(`taxi-q seed ${seed}: ${quality.returnMean}`);
    expect(quality.returnMean).toBeGreaterThanOrEqual(7);
  });

  it('three seeds cross the slippery ice in at least 70 % of 1,000 episodes', async () => {
    for (const seed of [1, 2, 3]) {
      await train('frozen-lake-q', seed);
      const { stdout } = await weir(
        'evaluate',
        join(root, `frozen-lake-q-${seed}`),
        '--episodes',
        '1000',
        '--json',
      );
      const { returnMean } = JSON.parse(stdout).scores;
      console.info(`frozen-lake-q seed ${seed}: ${returnMean}`);
      expect(returnMean).toBeGreaterThanOrEqual(0.7);
    }
  });

  it('SARSA keeps away from the cliff, and Q-learning falls while it learns the shorter way', async () => {
    const safe: number[] = [];
    const near: number[] = [];
    const greedy: number[] = [];
    for (const seed of seeds) {
      safe.push(mean((await train('cliff-walking-sarsa', seed)).returns.slice(-400)));
      const { returns, quality } = await train('cliff-walking-q', seed);
      near.push(mean(returns.slice(-400)));
      greedy.push(quality.returnMean);
    }
    console.info(
      `last 400 of 500 episodes: SARSA ${mean(safe)}, Q-learning ${mean(near)}; Q greedy ${greedy}`,
    );
    // Sutton and Barto, figure in example 6.6: about -25 and about -50.
    expect(mean(safe)).toBeGreaterThan(-32);
    expect(mean(near)).toBeLessThan(-40);
    expect(Math.max(...near)).toBeLessThan(Math.min(...safe));
    // The shortest way is 13 steps.
    expect(greedy.filter((value) => value === -13).length).toBeGreaterThanOrEqual(9);
  });
});
