import { describe, expect, it } from 'vitest';
import { type ComparedRun, comparison, scoredOn } from '../../../src/runs/index.ts';
import { smallConfig } from '../../support/run.ts';

function run(name: string, fids: readonly number[], evaluation: object = {}): ComparedRun {
  return {
    name,
    report: undefined,
    steps: 10,
    seconds: 1,
    config: { ...smallConfig(), evaluation: { every: 5, ...evaluation } },
    evaluations: fids.map((fid, i) => ({ index: 5 * (i + 1), seconds: 1, values: { fid } })),
    curves: new Map([
      ['critic/loss', [[9, -0.5]]],
      ['critic/slope', [[9, 1]]],
      ...(fids.length > 0
        ? [['evaluation/fid', fids.map((fid, i) => [5 * i + 4, fid] as const)] as const]
        : []),
    ]),
  };
}

describe('comparison', () => {
  it('takes all scores and the usual losses, with the best score and its step', () => {
    expect(comparison([run('a', [4, 2, 3]), run('b', [])])).toEqual([
      { name: 'fid', score: true, cells: [{ last: 3, best: { index: 10, value: 2 } }, undefined] },
      { name: 'critic/loss', score: false, cells: [{ last: -0.5 }, { last: -0.5 }] },
    ]);
  });

  it('takes values by name, of all players that have it', () => {
    expect(comparison([run('a', [4])], ['slope', 'critic/loss']).map(({ name }) => name)).toEqual([
      'critic/slope',
      'critic/loss',
    ]);
    expect(() => comparison([run('a', [4])], ['fit'])).toThrow(
      '--values: expected one of critic/loss, critic/slope, fid, got "fit"; did you mean fid?',
    );
  });

  it('refuses scores under other features or of other data, and bears other numbers', () => {
    const [a, b] = [run('a', [4], { hash: 'aaaa' }), run('b', [4], { hash: 'bbbb' })];
    expect(() => comparison([a, b])).toThrow(
      'compare: expected scores under the same features, got features of hash aaaa in a and features of hash bbbb in b',
    );
    expect(comparison([a, b], ['loss'])).toHaveLength(1);
    const [many, few, none] = [run('a', [4]), run('b', [4], { samples: 50 }), run('c', [])];
    expect(comparison([many, few])[0]!.cells).toHaveLength(2);
    expect([many, few, none].map(scoredOn)).toEqual(['2000 samples', '50 samples', undefined]);
    const moved = { ...run('b', [4]), config: { ...run('b', [4]).config, data: 'idx:/elsewhere/grid25' } };
    expect(comparison([run('a', [4]), moved])).toHaveLength(2);
    expect(() =>
      comparison([run('a', [4]), { ...moved, config: { ...moved.config, data: 'ring8' } }]),
    ).toThrow('same data, got data grid25 in a and data ring8 in b');
  });
});
