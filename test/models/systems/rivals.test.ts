import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fold, normals, Value } from '../../../src/engine/index.ts';
import {
  type Adversary,
  criticOnly,
  dense,
  featureMatching,
  game,
  gradientPenalty,
  hinge,
  joined,
  mlpCritic,
  nonSaturating,
  type RivalsOptions,
  rivals,
  type System,
  sgd,
  tanh,
  tapped,
  train,
  unrolled,
} from '../../../src/models/index.ts';
import { inOrder, phases, type StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames, expectClose, noise } from '../support.ts';
import { changed } from './changed.ts';
import { systemLaws } from './system-laws.ts';

const optimizer = sgd({ rate: 0.05 });
const critic = mlpCritic({ width: 6, depth: 2, activation: tanh });

/**
 * Two pairs over points: one learns them halved, the other as they are, from what the first makes.
 * A mark says which of the two is drawn.
 */
function stack(more: Partial<RivalsOptions> = {}): System {
  const pair = (at: string, make: RivalsOptions['make'], scale: number) =>
    rivals({
      name: 'stack',
      critic: { trains: [`critic@${at}`], optimizer },
      generator: { trains: [`generator@${at}`], optimizer },
      loss: nonSaturating(),
      make,
      real: (x) => tf.mul(scale, x),
      ...more,
    });
  const pairs = {
    1: pair('1', (all, { noise }) => all['generator@1']!(noise!), 0.5),
    2: pair('2', (all, { noise }) => all['generator@2']!(all['generator@1']!.settled(noise!).y), 1),
  };
  const point = { layer: critic, input: [2] };
  return game<string, string, string>({
    name: 'stack',
    networks: {
      'critic@1': point,
      'generator@1': { layer: dense(2), input: [2] },
      'critic@2': point,
      'generator@2': { layer: dense(2), input: [2] },
    },
    players: Object.fromEntries(
      Object.entries(pairs).flatMap(([at, { critic, generator }]) => [
        [`critic@${at}`, critic],
        [`generator@${at}`, generator],
      ]),
    ),
    average: [
      { of: 'generator@1', decay: 0.5 },
      { of: 'generator@2', decay: 0.5 },
    ],
    marks: { stage: 1 },
    inputs({ batch, player }, key) {
      const [side, at] = player.split('@') as [Adversary, '1' | '2'];
      return {
        noise: normals(fold(key, 'noise'), [batch.examples.shape[0]!, 2]),
        stage: Value.scalar(Number(at)),
        ...pairs[at].inputs(side, batch, key),
      };
    },
    sample: (all, { noise, stage }) => {
      const first = all['generator@1']!(noise!).y;
      const second = all['generator@2']!(first).y;
      return tf.add(tf.mul(tf.sub(2, stage!), first), tf.mul(tf.sub(stage!, 1), second));
    },
    samplerInputs: (count, key) => ({ noise: normals(fold(key, 'noise'), [count, 2]) }),
  });
}

const batchAt = (index: number) => ({ examples: noise(`batch ${index}`, [12, 2]) });

systemLaws(() => stack(), batchAt);

describe.each(bothNames)('two pairs in one game on %s', (name) => {
  it("leave all that is not the player's own as it is, to the bit", () => {
    const trainer = train(stack(), both[name], { seed: 1 });
    for (const player of trainer.system.players) {
      const before = trainer.save().tensors;
      const { index } = trainer;
      trainer.step({ index, player, batch: batchAt(index) });
      const own = changed(before, trainer.save().tensors).map((path) =>
        path.split('/').slice(0, 2).join('/'),
      );
      expect([...new Set(own)].sort()).toEqual(
        [
          `${player}/weights`,
          `optimizer/${player}`,
          ...(player.startsWith('generator') ? [`average/${player}`] : []),
          ...(player === 'critic@2' ? ['marks/stage'] : []),
        ]
          .filter((path) => path !== `optimizer/${player}` || own.includes(path))
          .sort(),
      );
    }
    trainer.close();
  });

  it('keep the marks in the state, tell them, and draw by them', async () => {
    const trainer = train(stack(), both[name], { seed: 1 });
    const first = await trainer.sample(3);
    const { values } = trainer.step({ index: 0, player: 'critic@2', batch: batchAt(0) }) as StepEvent;
    expect(values.stage).toBe(2);
    expect(trainer.save().tensors.marks).toEqual({ stage: Value.scalar(2) });
    const second = await trainer.sample(3);
    expect(second).not.toEqual(first);
    const other = train(stack(), both[name], { seed: 1 });
    other.restore(trainer.save());
    expect(await other.sample(3)).toEqual(second);
    trainer.close();
    other.close();
  });
});

describe('a rate of a phase', () => {
  it('falls within its phase', () => {
    const falling = sgd({ rate: (index) => 1 / (1 + index) });
    const rates: number[] = [];
    const system = stack({ generator: { trains: ['generator@1'], optimizer: falling } });
    const plan = phases([
      { name: 'a', steps: 3, schedule: inOrder(['generator@1']) },
      { name: 'b', schedule: inOrder(['generator@1']) },
    ]);
    for (let index = 0; index < 5; index++) {
      const step = { index, batch: batchAt(index), ...plan.moveAt(index) };
      rates.push((system.inputs(step, { seed: 1 } as never) as { rate: Value }).rate.data[0]!);
    }
    expectClose(Value.of(rates), [1, 1 / 2, 1 / 3, 1, 1 / 2]);
  });
});

describe('what the critic is shown', () => {
  it('goes for scores, penalties and terms alike', () => {
    const seen: string[] = [];
    const system = stack({
      judge(critic, x, inputs, condition) {
        seen.push(String(Object.keys(inputs).includes('real')));
        return critic(tf.mul(3, x), condition);
      },
      penalties: [gradientPenalty(1)],
      terms: [featureMatching(), unrolled({ loss: nonSaturating(), steps: 1, rate: 0.1 })],
    });
    const plain = stack({ penalties: [gradientPenalty(1)] });
    const slopes = [system, plain].map((one) => {
      const trainer = train(one, both.cpu, { seed: 2 });
      const { values } = trainer.step({ index: 0, player: 'critic@1', batch: batchAt(0) }) as StepEvent;
      if (one === system) trainer.step({ index: 1, player: 'generator@1', batch: batchAt(1) });
      trainer.close();
      return values.gradientNorm!;
    });
    // The critic of the same weights sees points three times as far apart.
    expect(slopes[0]! / slopes[1]!).toBeGreaterThan(1.2);
    expect(seen.length).toBeGreaterThanOrEqual(6);
  });

  it('may be several networks joined into one', () => {
    const system = stack({
      critic: {
        trains: ['critic@1', 'critic@2'],
        optimizer,
        network: (all) =>
          joined({ a: all['critic@1']!, b: all['critic@2']! }, ({ a, b }, x) => ({
            y: tf.add(a(x).y, b(x).y),
            taps: {},
          })),
      },
      penalties: [gradientPenalty(1)],
    });
    const trainer = train(system, both.onnx, { seed: 2 });
    const before = trainer.save().tensors;
    trainer.step({ index: 0, player: 'critic@1', batch: batchAt(0) });
    const own = new Set(changed(before, trainer.save().tensors).map((path) => path.split('/')[0]));
    expect(own).toContain('critic@1');
    expect(own).toContain('critic@2');
    trainer.close();
  });
});

it('refuses a loss that gives the generator nothing, and a tap that is not there', () => {
  expect(() => stack({ loss: criticOnly(hinge()) })).toThrow(
    'stack: loss: expected one for the generator too, got hinge (critic only) and no terms',
  );
  const trainer = train(stack({ terms: [tapped('kl', 1)] }), both.cpu);
  expect(() => trainer.step({ index: 0, player: 'generator@1', batch: batchAt(0) })).toThrow('kl: expected');
  trainer.close();
});
