import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import {
  beliefs,
  criticOnly,
  halvedCritic,
  judgements,
  meanScores,
  nonSaturating,
} from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';
import { judged, scores } from './judged.ts';

const given = { real: scores(3, -1), fake: scores(-2, 0, 0.5, -0.5) };

describe.each(bothNames)('gauges of scores on %s', (name) => {
  const told = (gauges: typeof beliefs, of: Partial<typeof given>) =>
    Object.fromEntries(
      Object.entries(compute(of, (at) => gauges(at as never), both[name])).map(([key, value]) => [
        key,
        (value as unknown as Value).data[0],
      ]),
    );

  it('are mean scores, accuracies and mean probabilities', () => {
    expect(told(meanScores, given)).toEqual({ realScore: 1, fakeScore: -0.5 });
    expect(told((at) => judgements(at, 0), given)).toMatchObject({ realAccuracy: 0.5, fakeAccuracy: 0.5 });
    expect(told((at) => judgements(at, 0.75), given)).toMatchObject({ realAccuracy: 0.5, fakeAccuracy: 1 });
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    expect(told(beliefs, given)).toEqual({
      realScore: 1,
      fakeScore: -0.5,
      realAccuracy: 0.5,
      fakeAccuracy: 0.5,
      realProbability: expect.closeTo((sigmoid(3) + sigmoid(-1)) / 2, 6),
      fakeProbability: expect.closeTo((sigmoid(-2) + 0.5 + sigmoid(0.5) + sigmoid(-0.5)) / 4, 6),
    });
  });

  it('are of fake scores alone in a step of the generator', () => {
    expect(Object.keys(told(beliefs, { fake: given.fake }))).toEqual([
      'fakeScore',
      'fakeAccuracy',
      'fakeProbability',
    ]);
  });
});

describe('criticOnly', () => {
  it('keeps the loss of the critic; those of generator and encoder are 0', () => {
    const loss = criticOnly(nonSaturating());
    const { critic } = judged(nonSaturating(), given.real, given.fake);
    const run = compute(given, (at) => {
      const { real, fake } = at as unknown as Record<string, tf.Tensor>;
      return {
        critic: loss.critic(real!, fake!),
        generator: loss.generator(fake!),
        encoder: loss.encoder(real!),
      };
    });
    expect(run.critic).toEqual(Value.scalar(critic));
    expect(run.generator).toEqual(Value.scalar(0));
    expect(run.encoder).toEqual(Value.scalar(0));
  });
});

describe('halvedCritic', () => {
  it('halves the loss of the critic and no other', () => {
    const [whole, half] = [nonSaturating(), halvedCritic(nonSaturating())];
    const run = compute(given, (at) => {
      const { real, fake } = at as unknown as Record<string, tf.Tensor>;
      return {
        critic: tf.sub(tf.mul(2, half.critic(real!, fake!)), whole.critic(real!, fake!)),
        generator: tf.sub(half.generator(fake!), whole.generator(fake!)),
      };
    });
    expect(run.critic.data[0]).toBeCloseTo(0, 6);
    expect(run.generator.data[0]).toBe(0);
  });
});
