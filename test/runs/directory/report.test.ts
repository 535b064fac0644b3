import { describe, expect, it } from 'vitest';
import { Reporter, RunDirectoryError } from '../../../src/runs/index.ts';
import { smallConfig } from '../../support/run.ts';

const event = (player: string, loss: number) => ({ index: 0, player, seconds: 0, values: { loss } });

describe('Reporter', () => {
  it('keeps the last values of each player and counts from where it began', () => {
    const reporter = new Reporter(smallConfig(), 10);
    for (const loss of [3, 2]) reporter.note(event('critic', loss));
    reporter.note(event('generator', 5));
    const report = reporter.report('finished', 30, { picture: 'final.png' });
    expect(report).toMatchObject({ recipe: 'wgan-gp', data: 'grid25', engine: 'cpu', ended: 'finished' });
    expect(report).toMatchObject({ steps: 30, startedAt: 10, picture: 'final.png' });
    expect(report.values).toEqual({ critic: { loss: 2 }, generator: { loss: 5 } });
    expect(report.stepsPerSecond).toBeCloseTo(20 / report.seconds, 6);
  });

  it('adds the seconds of earlier executions, and tells those of its own apart', () => {
    const reporter = new Reporter(smallConfig(), 10, 1000);
    expect(reporter.elapsed).toBeGreaterThanOrEqual(1000);
    const { seconds, totalSeconds, stepsPerSecond } = reporter.report('stopped', 30);
    expect(totalSeconds - seconds).toBeCloseTo(1000, 6);
    expect(stepsPerSecond * seconds).toBeCloseTo(20, 6);
    expect(new Reporter(smallConfig(), 0).elapsed).toBeLessThan(1000);
  });

  it('names what ended a run by its code', () => {
    const reporter = new Reporter(smallConfig(), 0);
    expect(reporter.failure(new RunDirectoryError('taken'), 1).error).toEqual({
      code: 'RUN_DIRECTORY',
      message: 'taken',
    });
    expect(reporter.failure(new Error('odd'), 1).error).toEqual({ code: 'UNEXPECTED', message: 'odd' });
    expect(reporter.failure('text', 1).error).toEqual({ code: 'UNEXPECTED', message: 'text' });
  });
});
