import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import {
  adam,
  batchNorm,
  dense,
  mlpCritic,
  relu,
  sequential,
  train,
  wganGp,
} from '../../src/models/index.ts';
import { engines, noise } from './support.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

it('trains for 2,000 steps in the memory that it began with', () => {
  const system = wganGp({
    critic: mlpCritic({ width: 4, depth: 1 }),
    generator: sequential([dense(4), batchNorm(), relu(), dense(2)]),
    latent: 2,
    average: 0.9,
    optimizers: { critic: adam({ rate: 1e-3 }), generator: adam({ rate: 1e-3, beta1: 0 }) },
  });
  const engine = engines.wasm;
  const before = engine.memory();
  const trainer = train(system, engine);
  const batch = { examples: noise('batch', [4, 2]) };
  const learn = (until: number) => {
    for (let index = trainer.index; index < until; index++) {
      trainer.step({ index, player: index % 2 === 1 ? 'generator' : 'critic', batch });
      if (index % 100 === 0) expect(engine.memory()).toEqual(opened);
    }
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const opened = engine.memory();
  const early = learn(500);
  expect(learn(2_000) - early).toBeLessThan(300_000);
  expect(engine.memory()).toEqual(opened);
  trainer.close();
  expect(engine.memory()).toEqual(before);
});
