import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { DeepAgent } from '../../src/rl/deep/deep-agent.ts';
import { scratchFolder, weir } from '../support/weir.ts';

const scratch = scratchFolder();
const run = join(scratch, 'taxi');

describe('weir evaluate for an agent', () => {
  it('plays greedy episodes and tells what they are worth', async () => {
    const trained = await weir(
      'train',
      'taxi-q',
      '--engine',
      'cpu',
      '--steps',
      '120000',
      '--quiet',
      '--no-serve',
      '--out',
      run,
      '--set',
      'anneal-steps=100000',
    );
    expect(trained).toMatchObject({ code: 0, stderr: '' });
    const { code, stdout } = await weir('evaluate', run, '--episodes', '50');
    expect(code).toBe(0);
    expect(stdout).toContain('taxi-q after 120000 steps: 50 greedy episodes in Taxi-v4');
    expect(stdout).toMatch(/returnMean +-?\d/);
    const asJson = await weir('evaluate', run, '--episodes', '50', '--json', '--seed', '0');
    const { scores, returns, ...about } = JSON.parse(asJson.stdout);
    expect(about).toEqual({ run, data: 'Taxi-v4', index: 120_000, episodes: 50, seed: 0 });
    expect(returns).toHaveLength(50);
    const mean = returns.reduce((sum: number, value: number) => sum + value, 0) / 50;
    expect(scores.returnMean).toBeCloseTo(mean, 10);
    expect(scores).toMatchObject({ returnLeast: Math.min(...returns), returnMost: Math.max(...returns) });
    expect(scores.returnError).toBeCloseTo(scores.returnDeviation / Math.sqrt(50), 10);
    expect(stdout).toContain(String(Number(scores.returnMean.toPrecision(5))));
    expect(JSON.parse((await weir('evaluate', run, '--json', '--seed', '9')).stdout).returns).toHaveLength(
      100,
    );
  });

  it('names what is not for agents, and episodes of none', async () => {
    const refused = async (...args: string[]) => (await weir('evaluate', run, ...args)).stderr;
    expect(await refused('--metrics', 'fid')).toBe(
      'weir: --metrics: expected none for the run of an agent, got fid\n',
    );
    expect(await refused('--samples', '5')).toContain(
      '--samples: expected none for the run of an agent, got 5',
    );
    expect(await refused('--episodes', '0')).toContain(
      '--episodes: expected a whole number from 1 to 1000000, got 0',
    );
    expect(await refused('--episodes', 'many')).toContain('--episodes: expected a number, got "many"');
  });

  it('closes its learner also where it refuses', async () => {
    const deep = join(scratch, 'deep');
    const few = ['--steps', '2', '--set', 'warmup=2', '--set', 'width=4', '--engine', 'cpu', '--quiet'];
    expect(await weir('train', 'cart-pole-dqn', ...few, '--no-serve', '--out', deep)).toMatchObject({
      code: 0,
    });
    const [foreign] = readdirSync(join(run, 'checkpoints'));
    using close = vi.spyOn(DeepAgent.prototype, 'close');
    for (const wrong of [
      ['--samples', '5'],
      ['--checkpoint', join(run, 'checkpoints', foreign!)],
    ]) {
      close.mockClear();
      expect(await weir('evaluate', deep, ...wrong)).toMatchObject({ code: 1 });
      expect(close).toHaveBeenCalledOnce();
    }
  });
});
