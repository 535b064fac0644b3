import { describe, expect, it } from 'vitest';
import { flattenTree, type Tree, Value } from '../../../src/engine/index.ts';
import {
  adam,
  averagePooled,
  gradientPenalty,
  growing,
  growingBlocks,
  hinge,
  leastSquares,
  nonSaturating,
  type ProgressiveGanOptions,
  progressiveGan,
  type System,
  sgd,
  type Trainer,
  train,
  upsampled,
  wasserstein,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, compute, engines, expectClose, noise } from '../support.ts';

const growth = growing({ from: 4, to: 16, fade: 4, stay: 2 });
const optimizer = adam({ rate: 1e-2, beta1: 0, beta2: 0.99 });
const make = (more: Partial<ProgressiveGanOptions> = {}): System =>
  progressiveGan({
    growth,
    channels: { 4: 6, 8: 5, 16: 4 },
    colours: 1,
    latent: 3,
    optimizers: { critic: optimizer, generator: optimizer },
    average: 0.9,
    ...more,
  });
const batchAt = (index: number) => ({ examples: noise(`batch ${index}`, [4, 16, 16, 1], 0.5) });

/** One step of the plan. */
function step(trainer: Trainer): StepEvent {
  const { index } = trainer;
  const move = growth.plan.moveAt(index);
  return trainer.step({ index, batch: batchAt(index), ...move }) as StepEvent;
}

const changed = (before: Tree<Value>, after: Tree<Value>): Set<string> => {
  const others = flattenTree(after);
  return new Set(
    [...flattenTree(before)]
      .filter(([path, { data }]) => data.some((x, i) => x !== others.get(path)!.data[i]))
      .map(([path]) => path.split('/')[0]!),
  );
};

/** The state with other marks. */
function marked(trainer: Trainer, side: number, alpha: number): Tree<Value> {
  return {
    ...trainer.tensors(),
    marks: { side: Value.scalar(side), alpha: Value.scalar(alpha) },
  };
}

/** Before, at and behind a border, in a fade, and at the border into the next one. */
const stops = { wasm: [1, 2, 3, 4, 5, 6, 7, 8, 9], onnx: [2, 4, 8] };

const fast = { wasm: engines.wasm, onnx: both.onnx };

describe.each(['wasm', 'onnx'] as const)('a Progressive GAN on %s', (name) => {
  const engine = fast[name];

  it('trains the blocks in use and leaves all others as they are, to the bit', () => {
    const trainer = train(make(), engine, { seed: 1 });
    const seen: string[] = [];
    while (trainer.index < 14) {
      const before = trainer.tensors();
      const { player, phase } = step(trainer);
      const names = [...changed(before, trainer.tensors())].filter((name) => name.includes('@'));
      seen.push(`${phase!.name}: ${player}: ${names.sort().join(' ')}`);
    }
    const critics = ['critic@16 critic@4 critic@8', 'fromRgb@16 fromRgb@8'].join(' ');
    const generators = ['generator@16 generator@4 generator@8', 'toRgb@16 toRgb@8'].join(' ');
    expect([
      seen[0],
      seen[1],
      seen[2],
      seen[3],
      seen[6],
      seen[7],
      seen[8],
      seen[9],
      seen[12],
      seen[13],
    ]).toEqual([
      '4x4: critic@4: critic@4 fromRgb@4',
      '4x4: generator@4: generator@4 toRgb@4',
      'to 8x8: critic@8: critic@4 critic@8 fromRgb@4 fromRgb@8',
      'to 8x8: generator@8: generator@4 generator@8 toRgb@4 toRgb@8',
      // Whole: nothing comes by way of the smaller picture any more.
      '8x8: critic@8: critic@4 critic@8 fromRgb@8',
      '8x8: generator@8: generator@4 generator@8 toRgb@8',
      `to 16x16: critic@16: ${critics}`,
      `to 16x16: generator@16: ${generators}`,
      `16x16: critic@16: ${critics.replace(' fromRgb@8', '')}`,
      `16x16: generator@16: ${generators.replace(' toRgb@8', '')}`,
    ]);
    trainer.close();
  });

  it('draws at alpha 0 the enlarged pictures of half the side, and at alpha 1 its own, to the bit', async () => {
    const trainer = train(make(), engine, { seed: 2 });
    const drawn = async (side: number, alpha: number) => {
      trainer.restore({ ...trainer.save(), tensors: marked(trainer, side, alpha) });
      return trainer.sample(3);
    };
    const half = await drawn(8, 1);
    expect(half.shape).toEqual([3, 16, 16, 1]);
    const small = compute({ half }, ({ half }) => ({ y: upsampled(averagePooled(half)) }), engine).y;
    expect(small).toEqual(half);
    expect(await drawn(16, 0)).toEqual(half);
    const whole = await drawn(16, 1);
    expect(whole).not.toEqual(half);
    expectClose(
      await drawn(16, 0.25),
      Array.from(whole.data, (x, i) => 0.75 * half.data[i]! + 0.25 * x),
      1e-6,
    );
    trainer.close();
  });

  it('tells side and alpha in its events', () => {
    const trainer = train(make(), engine, { seed: 2 });
    const marks = Array.from({ length: 9 }, () => {
      const { values } = step(trainer);
      return `${values.side} ${values.alpha}`;
    });
    expect(marks).toEqual(['4 1', '4 1', '8 0.25', '8 0.5', '8 0.75', '8 1', '8 1', '8 1', '16 0.25']);
    trainer.close();
  });

  it('goes on to the same bits from before, at and behind a border and in the middle of a fade', () => {
    const whole = train(make(), engine, { seed: 3 });
    const saved = new Map<number, ReturnType<Trainer['save']>>();
    while (whole.index < 11) {
      if (stops[name].includes(whole.index)) saved.set(whole.index, whole.save());
      step(whole);
    }
    for (const state of saved.values()) {
      const other = train(make(), engine, { seed: 3 });
      other.restore(state);
      while (other.index < 11) step(other);
      expect(other.save()).toEqual(whole.save());
      other.close();
    }
    whole.close();
  });
});

describe('a Progressive GAN', () => {
  it('agrees on cpu and onnx in losses and all that is learned', () => {
    const rates = { critic: sgd({ rate: 0.02 }), generator: sgd({ rate: 0.02 }) };
    const [ours, theirs] = [both.onnx, both.cpu].map((engine) => {
      const small = growing({ to: 8, fade: 4, stay: 2 });
      const trainer = train(make({ optimizers: rates, growth: small }), engine, { seed: 4 });
      const events = Array.from({ length: 8 }, (_, index) => {
        const examples = noise(`batch ${index}`, [4, 8, 8, 1], 0.5);
        return trainer.step({ index, batch: { examples }, ...small.plan.moveAt(index) }) as StepEvent;
      });
      const tensors = trainer.tensors();
      trainer.close();
      return { events, tensors };
    });
    for (const [i, { values }] of theirs!.events.entries())
      for (const [metric, value] of Object.entries(values))
        expect(Math.abs(ours!.events[i]!.values[metric]! - value), metric).toBeLessThan(
          1e-4 * (1 + Math.abs(value)),
        );
    const others = flattenTree(ours!.tensors);
    for (const [path, value] of flattenTree(theirs!.tensors)) expectClose(others.get(path)!, value, 1e-3);
  });

  it('holds as many tensors behind a border as before it', () => {
    const engine = engines.wasm;
    const trainer = train(make(), engine, { seed: 1 });
    const opened = engine.memory();
    for (let i = 0; i < 10; i++) {
      step(trainer);
      expect(engine.memory()).toEqual(opened);
    }
    trainer.close();
  });

  it('refuses a step of a side that is not the one of its plan', () => {
    const trainer = train(make(), both.cpu);
    expect(() => trainer.step({ index: 0, player: 'critic@8', batch: batchAt(0) })).toThrow(
      'progressive-gan: step 0: expected a player of side 4, as the plan of its growth names it, got critic@8',
    );
    trainer.close();
  });

  it('refuses sides without maps, data of another side and batches that do not come out even', () => {
    expect(() => make({ channels: { 4: 6, 8: 5 } })).toThrow(
      'growingBlocks: channels of 16: expected a whole number from 1, got undefined',
    );
    const trainer = train(make(), both.cpu);
    const batch = { examples: Value.filled([3, 16, 16, 1], 0) };
    expect(() => trainer.step({ index: 0, player: 'critic@4', batch })).toThrow(
      'progressive-gan: expected batches of a multiple of 4 examples, got 3',
    );
    trainer.close();
  });

  it('has blocks of one convolution, or of two as in the paper', () => {
    const { toRgb } = growingBlocks({ sides: [4], channels: { 4: 3 }, colours: 3 }).get(4)!;
    expect(toRgb.init({ seed: 1 } as never, [4, 4, 3]).shape).toEqual([4, 4, 3]);
    const two = make({ convolutions: 2 });
    const trainer = train(two, both.onnx, { seed: 1 });
    while (trainer.index < 4) step(trainer);
    trainer.close();
  });
});

describe('a Progressive GAN goes with', () => {
  // Equalised kernels are scaled by a constant, so no spectral norm goes around them.
  const penalty = { penalties: [gradientPenalty(10)] };
  it.each([
    ['non-saturating', { loss: nonSaturating(), penalties: [] }],
    ['hinge', { loss: hinge(), penalties: [] }],
    ['least squares', { loss: leastSquares(), penalties: [] }],
    ['wasserstein and penalty', { loss: wasserstein(), ...penalty }],
    ['hinge and penalty', { loss: hinge(), ...penalty }],
  ])('%s', (_, more) => {
    const trainer = train(make(more), both.onnx, { seed: 1 });
    const seen = new Set<string>();
    while (trainer.index < 10) {
      const { player, values } = step(trainer);
      seen.add(player);
      expect(Object.values(values).every(Number.isFinite), player).toBe(true);
    }
    expect([...seen].sort()).toEqual([...trainer.system.players].sort());
    trainer.save();
    trainer.close();
  });
});
