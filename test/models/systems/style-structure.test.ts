import { describe, expect, it } from 'vitest';
import { flattenTree, Value } from '../../../src/engine/index.ts';
import {
  concatCondition,
  conv2d,
  dense,
  gaussian,
  hinge,
  leastSquares,
  normalsByClass,
  reshape,
  type StyleStructureOptions,
  sequential,
  sgd,
  stylePlayers,
  styleStructure,
  tanh,
  train,
  unitVectors,
  wasserstein,
} from '../../../src/models/index.ts';
import { inOrder, phases, type StepEvent } from '../../../src/streams/index.ts';
import { both, noise } from '../support.ts';
import { phaseLaws } from './phase-laws.ts';
import { systemLaws } from './system-laws.ts';

const side = 6;
const optimizer = sgd({ rate: 0.05 });
const conv = (filters: number, stride = 1) => conv2d(filters, { kernelSize: 3, stride });
const maps = (at: number) => sequential([dense(at * at * 3), reshape([at, at, 3]), unitVectors()]);
const options: StyleStructureOptions = {
  shape: [side, side, 3],
  reader: sequential([conv(4), tanh(), conv(3), unitVectors()]),
  structure: {
    generator: maps(side),
    critic: sequential([conv(3, 2), tanh(), conv(1)]),
    latent: gaussian(3),
  },
  style: {
    generator: sequential([concatCondition(2), conv(4), tanh(), conv(3), tanh()]),
    critic: sequential([conv(3, 2), tanh(), conv(1)]),
    latent: gaussian(2),
  },
  optimizers: { reader: optimizer, critic: optimizer, generator: optimizer, joint: optimizer },
  average: 0.5,
};
/** Directions of length 1. */
function normalsAt(name: string, count: number): Value {
  const raw = noise(name, [count, side, side, 3]);
  const data = Float32Array.from(raw.data);
  for (let i = 0; i < data.length; i += 3) {
    const length = Math.hypot(data[i]!, data[i + 1]!, data[i + 2]!);
    for (let c = 0; c < 3; c++) data[i + c]! /= length;
  }
  return new Value('float32', raw.shape, data);
}
const batchAt = (index: number) => ({
  examples: noise(`images ${index}`, [4, side, side, 3]),
  parts: { normals: normalsAt(`normals ${index}`, 4) },
});
const plan = phases([
  { name: 'reader', steps: 2, schedule: inOrder(stylePlayers.reader) },
  { name: 'structure', steps: 2, schedule: inOrder(stylePlayers.structure) },
  { name: 'style', steps: 2, schedule: inOrder(stylePlayers.style) },
  { name: 'together', schedule: inOrder(stylePlayers.together) },
]);

describe('styleStructure', () => {
  systemLaws(() => styleStructure(options), batchAt);
  phaseLaws({
    make: () => styleStructure(options),
    plan,
    batchAt,
    trains: Object.fromEntries(
      Object.values(stylePlayers)
        .flat()
        .map((player) => [player, [player.replace('joint-', '')]]),
    ),
  });
});

describe('a structure of half the side', () => {
  const half = () =>
    styleStructure({ ...options, structure: { ...options.structure, generator: maps(side / 2) } });
  systemLaws(half, batchAt);
});

describe('the sampler', () => {
  it('draws normals of length 1 until the style has begun, images afterwards', async () => {
    const trainer = train(styleStructure(options), both.onnx, { seed: 2 });
    const lengths = (samples: Value) =>
      Array.from({ length: samples.data.length / 3 }, (_, i) =>
        Math.hypot(...samples.data.subarray(3 * i, 3 * i + 3)),
      );
    const normals = await trainer.sample(3);
    for (const length of lengths(normals)) expect(length).toBeCloseTo(1, 4);
    trainer.step({ index: 0, player: 'reader', batch: batchAt(0) });
    expect(await trainer.sample(3)).toEqual(normals);
    const { values } = trainer.step({ index: 1, player: 'critic@style', batch: batchAt(1) }) as StepEvent;
    expect(values.stage).toBe(1);
    const images = await trainer.sample(3);
    expect(images.shape).toEqual(normals.shape);
    expect(lengths(images).every((length) => Math.abs(length - 1) < 1e-4)).toBe(false);
    trainer.close();
  });
});

it('hands the loss of the style on to the structure, by its weight', () => {
  const lossOf = (through: number) => {
    const trainer = train(styleStructure({ ...options, through }), both.onnx, { seed: 2 });
    const { values } = trainer.step({
      index: 0,
      player: 'joint-generator@structure',
      batch: batchAt(0),
    }) as StepEvent;
    const weights = flattenTree(trainer.tensors()).get('generator@structure/weights/0/kernel')!;
    trainer.close();
    return { values, weights };
  };
  const [none, some, more] = [lossOf(0), lossOf(0.1), lossOf(0.2)];
  const added = some.values.loss! - none.values.loss!;
  expect(added).toBeGreaterThan(0.1 * some.values.styleLoss!);
  expect(more.values.loss! - some.values.loss!).toBeCloseTo(added, 5);
  expect(some.weights).not.toEqual(none.weights);
});

it('reads normals as one of some directions where it is given them', () => {
  const directions = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0, 0, -1],
  ];
  const uniform = conv2d(4, {
    kernelSize: 1,
    stride: 1,
    kernel: (_, shape) => Value.filled(shape, 0),
  });
  const system = styleStructure({ ...options, reading: normalsByClass(directions), reader: uniform });
  const trainer = train(system, both.onnx, { seed: 2 });
  const { values } = trainer.step({ index: 0, player: 'reader', batch: batchAt(0) }) as StepEvent;
  expect(values.normalsError).toBeCloseTo(Math.log(4), 5);
  trainer.close();
});

it.each([hinge(), leastSquares(), wasserstein()].map((loss) => [loss.name, loss] as const))(
  'goes with %s',
  (_, loss) => {
    const trainer = train(styleStructure({ ...options, loss }), both.onnx, { seed: 1 });
    for (const player of trainer.system.players) {
      const { values } = trainer.step({ index: trainer.index, player, batch: batchAt(0) }) as StepEvent;
      expect(Object.values(values).every(Number.isFinite)).toBe(true);
    }
    trainer.save();
    trainer.close();
  },
);

describe('styleStructure refuses', () => {
  it.each([
    [{ shape: [6, 6, 1] }, 'style-structure: shape: expected square images of 3 channels, got [6,6,1]'],
    [{ reader: conv(4) }, 'style-structure: reader: expected [6,6,3], got [6,6,4]'],
    [
      { structure: { ...options.structure, generator: maps(4) } },
      'style-structure: generator of the structure: expected a side that divides 6, got 4',
    ],
    [
      { style: { ...options.style, generator: sequential([concatCondition(2), conv(1)]) } },
      'style-structure: generator of the style: expected [6,6,3], got [6,6,1]',
    ],
    [{ through: -1 }, 'style-structure: through: expected a finite number from 0, got -1'],
  ])('networks that do not fit (%#)', (more, message) => {
    expect(() => styleStructure({ ...options, ...more })).toThrow(new RangeError(message));
  });

  it('batches without normals', () => {
    const trainer = train(styleStructure(options), both.cpu, { seed: 1 });
    const { examples } = batchAt(0);
    expect(() => trainer.step({ index: 0, player: 'reader', batch: { examples } })).toThrow(
      new RangeError('style-structure: expected batches with normals of [4,6,6,3], got none'),
    );
    trainer.close();
  });
});
