import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { shapes } from '../../../src/data/index.ts';
import { keyOf, Value } from '../../../src/engine/index.ts';
import {
  type Batch,
  bagOfWords,
  convGenerator,
  dense,
  flatten,
  type Layer,
  matchingAware,
  nonSaturating,
  projection,
  type ReadText,
  refiner,
  type StackGanOptions,
  type System,
  sequential,
  sgd,
  stackGan,
  train,
} from '../../../src/models/index.ts';
import { upsampled } from '../../../src/models/layers/pooling.ts';
import { inOrder, phases, type StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames, compute, noise } from '../support.ts';
import { changed } from './changed.ts';
import { systemLaws } from './system-laws.ts';

const { tokeniser } = shapes();
const size = 4;
const captions = ['a small red circle at the left', 'a large blue ring in the centre'];
const viewer = sequential([flatten(), dense(size)]);
const reading: ReadText = { tokens: tokeniser, reader: bagOfWords(size), viewer, captions };
const critic = (): Layer => sequential([flatten(), projection(size)]);
const slow = () => sgd({ rate: 0.01 });

const options = {
  text: reading,
  augment: 3,
  first: { critic: critic(), generator: convGenerator({ size: 8, channels: 1, filters: 2 }), latent: 2 },
  second: { critic: critic(), generator: refiner({ channels: 1, filters: 2, blocks: 1, condition: 3 }) },
  loss: matchingAware(nonSaturating()),
  optimizers: { reader: slow(), critic: slow(), generator: slow() },
  average: 0.9,
} satisfies StackGanOptions;

function batchAt(index: number): Batch {
  const own = shapes({ seed: index }).captions([0, 1, 2, 3]);
  const tokens = Int32Array.from(own.flatMap((text) => [...tokeniser.encode(text)]));
  return {
    examples: noise(`images ${index}`, [4, 16, 16, 1], 0.3),
    parts: { tokens: new Value('int32', [4, tokeniser.length], tokens) },
  };
}

systemLaws(() => stackGan(options) as System, batchAt);

const plan = phases([
  { name: 'reader', steps: 1, schedule: inOrder(['reader']) },
  { name: 'stage I', steps: 4, schedule: inOrder(['critic@1', 'generator@1']) },
  { name: 'stage II', schedule: inOrder(['critic@2', 'generator@2']) },
]);

describe.each(bothNames)('stack-gan on %s', (name) => {
  it('leaves stage I as it is, to the bit, while stage II learns', () => {
    const trainer = train(stackGan(options) as System, both[name], { seed: 1, plan: plan.text });
    let border = trainer.save().tensors;
    for (let index = 0; index < 9; index++) {
      const event = trainer.step({ index, batch: batchAt(index), ...plan.moveAt(index) }) as StepEvent;
      if (index === 4) border = trainer.save().tensors;
      if (index > 0) expect(event.values.stage, `step ${index}`).toBe(index < 5 ? 1 : 2);
      if (event.player.startsWith('generator')) expect(event.values.kl).toBeGreaterThanOrEqual(0);
    }
    const touched = new Set(
      changed(border, trainer.save().tensors).map(
        (path) => path.match(/^(?:optimizer\/|average\/)?[^/]+/)![0],
      ),
    );
    expect(
      [...touched].filter((path) => path !== 'optimizer/critic@2' && path !== 'optimizer/generator@2').sort(),
    ).toEqual(['augment@2', 'average/augment@2', 'average/generator@2', 'critic@2', 'generator@2', 'marks']);
    trainer.close();
  });

  it('draws the small images, enlarged, until stage II has begun', async () => {
    const trainer = train(stackGan(options) as System, both[name], { seed: 1 });
    const before = await trainer.sample(3);
    expect(before.shape).toEqual([3, 16, 16, 1]);
    const blocks = Array.from({ length: 3 * 16 * 16 }, (_, at) => {
      const [image, row, column] = [Math.floor(at / 256), Math.floor((at % 256) / 16), at % 16];
      return before.data[256 * image + 16 * (row - (row % 2)) + column - (column % 2)];
    });
    expect([...before.data]).toEqual(blocks);
    trainer.step({ index: 0, player: 'critic@2', batch: batchAt(0) });
    const after = await trainer.sample(3);
    expect(after.shape).toEqual(before.shape);
    expect(after.data).not.toEqual(before.data);
    trainer.close();
  });

  it('has no noise in stage II but that of its condition', async () => {
    const trainer = train(stackGan(options) as System, both[name], { seed: 1 });
    trainer.step({ index: 0, player: 'critic@2', batch: batchAt(0) });
    const inputs = trainer.system.samplerInputs(3, keyOf(1));
    expect(Object.keys(inputs).sort()).toEqual(['noise', 'refineNoise', 'text']);
    expect((inputs.refineNoise as Value).shape).toEqual([3, 3]);
    expect(await trainer.sampleFrom(inputs)).toEqual(await trainer.sampleFrom(inputs));
    const other = { ...inputs, refineNoise: noise('other', [3, 3]) };
    expect((await trainer.sampleFrom(other)).data).not.toEqual((await trainer.sampleFrom(inputs)).data);
    trainer.close();
  });
});

describe('stackGan', () => {
  it('weighs the divergence by the factor of the code, and sums it', () => {
    const lossOf = (klWeight: number) => {
      const trainer = train(stackGan({ ...options, klWeight }) as System, both.cpu, { seed: 1 });
      const { values } = trainer.step({ index: 0, player: 'generator@1', batch: batchAt(0) }) as StepEvent;
      trainer.close();
      return values;
    };
    const [none, some] = [lossOf(0), lossOf(2)];
    expect(some.kl).toBe(none.kl);
    expect(some.loss! - none.loss!).toBeCloseTo(2 * none.kl!, 4);
    const standard = train(stackGan(options) as System, both.cpu, { seed: 1 });
    const { values } = standard.step({ index: 0, player: 'generator@1', batch: batchAt(0) }) as StepEvent;
    expect(values.loss! - none.loss!).toBeCloseTo(0.02 * none.kl!, 5);
    standard.close();
  });

  it('lets stage I learn on the means of 2x2 pixels', () => {
    // A critic that adds up: its real score is the sum of what it is shown.
    const summing: Layer = {
      init: (_, shape) => ({
        weights: { w: Value.filled([1], 1) },
        buffers: {},
        shape: shape.length === 3 ? [1] : shape,
      }),
      apply: ({ weights, buffers }, x) => ({
        y: tf.mul(weights.w as tf.Tensor, tf.reshape(tf.sum(x, [1, 2, 3]), [-1, 1])),
        buffers,
      }),
    };
    const system = stackGan({ ...options, first: { ...options.first, critic: summing } }) as System;
    const trainer = train(system, both.cpu, { seed: 1 });
    const batch = batchAt(0);
    const { values } = trainer.step({ index: 0, player: 'critic@1', batch }) as StepEvent;
    const sum = (batch.examples.data as Float32Array).reduce((all, x) => all + x, 0);
    expect(values.realScore).toBeCloseTo(sum / 4 / 4, 3);
    trainer.close();
  });

  it('draws samples of a caption', async () => {
    const trainer = train(stackGan(options) as System, both.cpu, { seed: 1 });
    const drawn = await trainer.sample(1, 0, { caption: captions[0]! });
    expect(drawn).toEqual(await trainer.sample(1));
    expect((await trainer.sample(1, 0, { caption: captions[1]! })).data).not.toEqual(drawn.data);
    await expect(trainer.sample(1, 0, { caption: 'a crimson ring' })).rejects.toThrow('got "crimson"');
    await expect(trainer.sample(1, 0, { label: 1 })).rejects.toThrow('class: expected none for stack-gan');
    trainer.close();
  });

  it.each<[string, Partial<StackGanOptions>]>([
    [
      'loss: expected one without interpolated, got 1',
      {
        loss: matchingAware(nonSaturating(), { interpolated: 1 }),
      },
    ],
    ['augment: expected a whole number from 1, got 0', { augment: 0 }],
    ['first: latent: expected a whole number from 1, got 0', { first: { ...options.first, latent: 0 } }],
    [
      'expected images of stage II whose sides are a power of two times those of stage I, got [24,24,1] and [8,8,1]',
      {
        second: {
          ...options.second,
          generator: sequential([
            flatten(),
            dense(576),
            {
              init: (_, shape) => ({
                weights: {},
                buffers: {},
                shape: shape[0] === 576 ? [24, 24, 1] : shape,
              }),
              apply: ({ buffers }, x) => ({ y: x, buffers }),
            },
          ]),
        },
      },
    ],
    [
      'critic: expected one score for an example, [1], got [4]',
      {
        second: { ...options.second, critic: viewer },
      },
    ],
  ])('refuses: %s', (message, wrong) => {
    expect(() => stackGan({ ...options, ...wrong })).toThrow(new RangeError(`stack-gan: ${message}`));
  });

  it('refuses examples of another side, and batches without tokens', () => {
    const system = stackGan(options);
    const step = { index: 0, player: 'critic@1' as const };
    const batch = { ...batchAt(0), examples: Value.filled([4, 8, 8, 1], 0) };
    expect(() => system.inputs({ ...step, batch }, keyOf(1))).toThrow(
      'stack-gan: expected examples of [16,16,1], as the generator makes them, got [8,8,1]',
    );
    const { parts: _, ...silent } = batchAt(0);
    expect(() => system.inputs({ ...step, batch: silent }, keyOf(1))).toThrow(
      'with tokens of [4,8], got none',
    );
  });
});

it('enlarges by repeating pixels', () => {
  const { y } = compute({ x: Value.of([1, 2], [1, 1, 2, 1]) }, ({ x }) => ({ y: upsampled(x, 2) }));
  expect([...y.data]).toEqual([1, 1, 2, 2, 1, 1, 2, 2]);
});
