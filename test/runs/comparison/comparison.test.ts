import { describe, expect, it } from 'vitest';
import { type ComparedRun, comparison, incomparable, scoredOn } from '../../../src/runs/index.ts';
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
      'values: expected one of critic/loss, critic/slope, fid, got "fit"; did you mean fid?',
    );
  });

  it('leaves out scores under other features or of other data, says why, and keeps the rest', () => {
    const pixels = (name: string, hash: string): ComparedRun => {
      const made = run(name, [4], { hash });
      const [first] = made.evaluations;
      const values = { ...first!.values, slicedWasserstein: 7 };
      const curves = new Map([...made.curves, ['evaluation/slicedWasserstein', [[4, 7]]]] as const);
      return { ...made, evaluations: [{ ...first!, values }], curves };
    };
    const [unscored, a, b] = [run('c', []), pixels('a', 'aaaa'), pixels('b', 'bbbb')];
    const has = (runs: readonly ComparedRun[]) =>
      comparison(runs).map(({ name, cells }) => [name, ...cells.map((cell) => cell !== undefined)]);
    expect(incomparable([unscored, a, b])).toEqual([undefined, undefined, { what: 'features', got: 'bbbb' }]);
    expect(has([unscored, a, b])).toEqual([
      ['fid', false, true, false],
      ['slicedWasserstein', false, true, true],
      ['critic/loss', true, true, true],
    ]);
    const elsewhere = { ...b, config: { ...b.config, data: 'ring8' } };
    expect(incomparable([a, elsewhere])[1]).toEqual({ what: 'data', got: 'ring8' });
    expect(has([a, elsewhere])).toEqual([
      ['fid', true, false],
      ['slicedWasserstein', true, false],
      ['critic/loss', true, true],
    ]);
  });

  it('compares the losses of the runs of scripts, and scores that the same script has computed', () => {
    const { batch: _, ...config } = smallConfig();
    const of = (name: string, script: string): ComparedRun => ({
      ...run(name, [4]),
      config: { ...config, script },
    });
    const [made, first, second, other] = [
      run('a', [4]),
      of('b', '/one.ts'),
      of('c', '/one.ts'),
      of('d', '/two.ts'),
    ];
    expect(incomparable([made, first])[1]).toEqual({ what: 'scorer', got: '/one.ts' });
    expect(incomparable([first, second, other])).toEqual([
      undefined,
      undefined,
      { what: 'scorer', got: '/two.ts' },
    ]);
    expect(comparison([made, first]).map(({ name, cells }) => [name, cells[1] !== undefined])).toEqual([
      ['fid', false],
      ['critic/loss', true],
    ]);
    expect([scoredOn(made), scoredOn(first)]).toEqual(['2000 samples', undefined]);
    const changed = { ...made, config: { ...made.config, script: '/one.ts' } };
    expect(incomparable([made, changed])).toEqual([undefined, undefined]);
  });

  it('bears other numbers of samples, and data that has moved', () => {
    const [many, few, none] = [run('a', [4]), run('b', [4], { samples: 50 }), run('c', [])];
    expect(comparison([many, few])[0]!.cells).toHaveLength(2);
    expect([many, few, none].map(scoredOn)).toEqual(['2000 samples', '50 samples', undefined]);
    const agent = (evaluation: object) => ({
      ...run('d', [], evaluation),
      evaluations: [{ index: 5, seconds: 1, values: { returnMean: 3 } }],
    });
    expect([agent({}), agent({ episodes: 7 })].map(scoredOn)).toEqual(['100 episodes', '7 episodes']);
    const moved = { ...run('b', [4]), config: { ...run('b', [4]).config, data: 'idx:/elsewhere/grid25' } };
    expect(comparison([run('a', [4]), moved])).toHaveLength(2);
    expect(incomparable([run('a', [4]), moved])).toEqual([undefined, undefined]);
  });
});
