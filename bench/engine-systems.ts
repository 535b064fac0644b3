import { given } from '../src/base/index.ts';
import { shapes } from '../src/data/index.ts';
import { keyOf, type Program, type Tree, type Value } from '../src/engine/index.ts';
import type { System } from '../src/models/index.ts';
import { findRecipe, type GanRecipe, resolveSettings } from '../src/recipes/index.ts';
import type { Workload } from './engine-programs.ts';

/** A recipe whose steps are measured with the networks of its preset. */
interface MeasuredRecipe {
  readonly recipe: string;
  /** The players that are measured, as peers know them. */
  readonly players: Readonly<Record<'critic' | 'generator', string>>;
  readonly set?: Readonly<Record<string, number | string>>;
  /** Side of the images. @default 32 */
  readonly side?: 32 | 64;
  /** @default that of the preset */
  readonly batch?: number;
}

/** Steps behind which every system here is in its last phase. */
const late = 1_000;

/** The steps of a recipe's last phase on colour images. */
function ofRecipe(name: string, measured: MeasuredRecipe): Workload {
  const { recipe: of, players, set = {}, side = 32 } = measured;
  const recipe = findRecipe(of) as GanRecipe;
  const data = shapes({ side });
  const { options, batch } = resolveSettings(recipe, data, {
    set: new Map(Object.entries(set)),
    ...given({ batch: measured.batch }),
  });
  const system = recipe.build(options, data).system as System;
  const key = keyOf(1, name);
  return {
    name: `${name}, batch ${batch}`,
    state: system.init(key),
    programs: Object.fromEntries(
      Object.entries(players).map(([peer, player]): [string, Program] => [peer, system.programs[player]!]),
    ),
    inputs(index) {
      const examples = data.read(Array.from({ length: batch }, (_, row) => batch * index + row));
      const of = (player: string): Tree<Value> =>
        system.inputs({ index: late + index, player, batch: examples }, keyOf(1, name, index));
      return { ...of(players.generator), ...of(players.critic) };
    },
  };
}

/** A step of a Progressive GAN at its last side, all blocks of 4 to 32 pixels. */
export const lastLevel = () =>
  ofRecipe('progressive-gan at 32x32', {
    recipe: 'progressive-gan',
    players: { critic: 'critic@32', generator: 'generator@32' },
    set: { fade: 1, stay: 1 },
  });

/** A step of StackGAN's second stage, from 16 to 32 pixels. */
export const secondStage = () =>
  ofRecipe('stack-gan, stage II at 32x32', {
    recipe: 'stack-gan',
    players: { critic: 'critic@2', generator: 'generator@2' },
  });

/** A step of SN-GAN with residual networks at 64x64. */
export const residualNetworks = () =>
  ofRecipe('residual sn-gan at 64x64', {
    recipe: 'sn-gan',
    players: { critic: 'critic', generator: 'generator' },
    set: { network: 'residual', filters: 16 },
    side: 64,
    batch: 32,
  });
