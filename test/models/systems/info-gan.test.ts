import { describe, expect, it } from 'vitest';
import {
  adam,
  codes,
  dense,
  type InfoGanOptions,
  infoGan,
  mlpCritic,
  mlpGenerator,
  sgd,
  train,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both } from '../support.ts';
import { pointsAt, systemLaws } from './system-laws.ts';

const options = (): InfoGanOptions => ({
  critic: mlpCritic({ width: 8, depth: 1 }),
  generator: mlpGenerator({ width: 8, depth: 1, outputs: 2 }),
  codes: codes({ noise: 2, categories: 3, continuous: 1 }),
  optimizers: { critic: sgd({ rate: 0.05 }), generator: sgd({ rate: 0.05 }) },
});

describe('infoGan', () => {
  systemLaws(() => infoGan(options()));

  it('tells the bound to both players, and lets both improve who guesses', () => {
    const trainer = train(infoGan(options()), both.onnx);
    for (const player of ['critic', 'generator'] as const) {
      const before = trainer.save().tensors.codes;
      const { values } = trainer.step({ index: trainer.index, player, batch: pointsAt(0) }) as StepEvent;
      expect(Object.keys(values)).toEqual(expect.arrayContaining(['loss', 'mutualInformation', 'codeError']));
      expect(trainer.save().tensors.codes).not.toEqual(before);
    }
    trainer.close();
  });

  it('comes to make examples that tell their category', () => {
    const system = infoGan({
      ...options(),
      codes: codes({ noise: 1, categories: 3 }),
      optimizers: { critic: adam({ rate: 5e-3, beta1: 0.5 }), generator: adam({ rate: 5e-3, beta1: 0.5 }) },
    });
    const trainer = train(system, both.onnx, { seed: 1 });
    let last = 0;
    for (let index = 0; index < 400; index++) {
      const player = index % 2 === 0 ? 'critic' : 'generator';
      last = (trainer.step({ index, player, batch: pointsAt(index) }) as StepEvent).values.mutualInformation!;
    }
    trainer.close();
    expect(last).toBeGreaterThan(0.5 * Math.log(3));
  });

  it('needs a critic that shows its features', () => {
    expect(() => infoGan({ ...options(), critic: dense(1) })).toThrow(
      'info-gan: heads: expected a critic that shows its features, got one that shows none',
    );
  });
});
