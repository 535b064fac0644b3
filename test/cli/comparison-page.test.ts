import { describe, expect, it } from 'vitest';
import { comparisonPage, comparisonPlots, comparisonRows, markdown } from '../../src/cli/comparison-page.ts';
import type { ComparedRun } from '../../src/runs/index.ts';
import { smallConfig } from '../support/run.ts';

const points = [
  [4, 5],
  [9, 2.71428],
] as const;
const runs: ComparedRun[] = ['a<b', 'c'].map((name) => ({
  name,
  config: smallConfig(),
  report: undefined,
  steps: 10,
  seconds: 2.4,
  evaluations: [],
  curves: new Map(name === 'c' ? [] : [['evaluation/fid', points]]),
}));
const cell = { last: 2.71428, best: { value: 3, index: 7 } };
const values = [{ name: 'fid', score: true, cells: [cell, undefined] }];
const rows = comparisonRows(runs, values);

describe('the comparison', () => {
  it('has a row for each run, with the best where it was not the last', () => {
    expect(rows).toEqual([
      ['run', 'recipe', 'data', 'steps', 'seconds', 'ended', 'fid'],
      ['a<b', 'wgan-gp', 'grid25', '10', '2', '-', '2.714 (best 3 at 7)'],
      ['c', 'wgan-gp', 'grid25', '10', '2', '-', '-'],
    ]);
  });

  it('is a table of Markdown', () => {
    expect(
      markdown([
        ['a', 'b|c'],
        ['1', '2'],
      ]),
    ).toBe('| a | b\\|c |\n|---|---|\n| 1 | 2 |\n');
  });

  it('has a plot for each value with a line for each run that has it', () => {
    expect(comparisonPlots(runs, values)).toEqual([{ title: 'fid', lines: [{ name: 'a<b', points }] }]);
  });

  it('is a page that takes names as text', () => {
    const page = comparisonPage(rows, comparisonPlots(runs, values));
    expect(page).toContain('<td>a&#60;b</td>');
    expect(page).not.toContain('a<b');
    expect(page.match(/<svg/g)).toHaveLength(1);
  });
});
