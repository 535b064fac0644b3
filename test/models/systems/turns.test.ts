import { describe, expect, it } from 'vitest';
import { flattenTree, type Tree, type Value } from '../../../src/engine/index.ts';
import {
  adam,
  batchNorm,
  dense,
  layerNorm,
  mlpCritic,
  relu,
  rmsprop,
  sequential,
  train,
  wgan,
  wganGp,
} from '../../../src/models/index.ts';
import { engineNames, engines, noise } from '../support.ts';

const nets = {
  critic: sequential([dense(6), layerNorm(), mlpCritic({ width: 6, depth: 1 })]),
  generator: sequential([dense(4), batchNorm(), relu(), dense(2)]),
  latent: 2,
  average: 0.5,
};
const moments = { critic: adam({ rate: 0.01 }), generator: adam({ rate: 0.01 }) };
const squares = { critic: rmsprop({ rate: 0.01 }), generator: rmsprop({ rate: 0.01 }) };
const systems = {
  wgan: wgan({ ...nets, optimizers: squares, clip: 0.05 }),
  'wgan-gp': wganGp({ ...nets, optimizers: moments }),
};

/** The branches in which not every bit is as it was. */
function changed(before: Tree<Value>, after: Tree<Value>): string[] {
  const old = flattenTree(before);
  const differing = [...flattenTree(after)].filter(([path, value]) => {
    const bits = ({ data }: Value) => new Uint32Array(data.buffer, data.byteOffset, data.length);
    const [was, is] = [bits(old.get(path)!), bits(value)];
    return is.some((word, i) => word !== was[i]);
  });
  return [...new Set(differing.map(([path]) => /^average|^\w+\/\w+/.exec(path)![0]))].sort();
}

describe.each(engineNames)('on %s', (name) => {
  describe.each(['wgan', 'wgan-gp'] as const)('a step of %s', (kind) => {
    const own = {
      critic: ['critic/weights', 'optimizer/critic'],
      generator: ['average', 'generator/buffers', 'generator/weights', 'optimizer/generator'],
    };

    it('changes every branch that belongs to its player, and not a bit of the others', () => {
      const trainer = train(systems[kind], engines[name], { seed: 2 });
      for (const player of ['critic', 'generator', 'critic', 'generator'] as const) {
        const before = trainer.save().tensors;
        const { index } = trainer;
        trainer.step({ index, player, batch: { examples: noise(`batch ${index}`, [16, 2]) } });
        expect(changed(before, trainer.save().tensors)).toEqual(own[player]);
      }
      trainer.close();
    });
  });

  it('every step of the critic of wgan leaves its weights within the bound', () => {
    const trainer = train(systems.wgan, engines[name], { seed: 2 });
    for (let index = 0; index < 6; index++) {
      const player = index % 3 === 2 ? 'generator' : 'critic';
      trainer.step({ index, player, batch: { examples: noise(`batch ${index}`, [16, 2]) } });
      const critic = trainer.save().tensors.critic as Tree<Value>;
      for (const { data } of flattenTree(critic).values())
        expect(data.every((weight) => Math.abs(weight) <= Math.fround(0.05))).toBe(true);
    }
    trainer.close();
  });
});
