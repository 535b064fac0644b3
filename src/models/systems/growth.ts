import { show } from '../../base/index.ts';
import { inOrder, type Phase, type PhasedSchedule, phases, type Schedule } from '../../streams/index.ts';
import { requireParts, rule } from './require-parts.ts';

/** From which side to which a pair of networks grows, and how long each phase lasts. */
export interface GrowingOptions {
  /** The first side, a power of 2 from 4. @default 4 */
  readonly from?: number;
  /** The last side, a power of 2. */
  readonly to: number;
  /** Steps of all players in which a new side is faded in. */
  readonly fade: number;
  /** Steps of all players at a side by itself. The last side stays as long as the run. */
  readonly stay: number;
  /** The schedule at a side. @default its critic and its generator in turn */
  readonly schedule?: (critic: string, generator: string) => Schedule;
}

/** How far a growing pair has come. */
export interface GrowthMarks {
  readonly side: number;
  /** The share of the side that is faded in, above 0, 1 where it is there by itself. */
  readonly alpha: number;
}

/** The growth of a pair of networks as a plan of phases: `4x4`, `to 8x8`, `8x8`, ... */
export interface Growth {
  readonly sides: readonly number[];
  readonly plan: PhasedSchedule;
  /** Side and alpha of a step, a pure function of its index. */
  at(index: number): GrowthMarks;
}

/**
 * The phases of a Progressive GAN. Alpha rises in a straight line: (step + 1) / fade, so that the
 * new side has a part from its first step on and is whole in the last step of its fade. Karras et
 * al., https://arxiv.org/abs/1710.10196, figure 2.
 * @throws RangeError for sides that are no powers of 2, or a last side that is not above the first
 */
export function growing(options: GrowingOptions): Growth {
  requireParts('growing', options, { to: sideOption, fade: rule.count, stay: rule.count });
  const { from = 4, to, fade, stay, schedule = (...players) => inOrder(players) } = options;
  sideOption('growing: from', from);
  if (to <= from) throw new RangeError(`growing: to: expected a side above ${from}, got ${to}`);
  const sides = Array.from({ length: Math.log2(to / from) + 1 }, (_, level) => from * 2 ** level);
  const list = sides.flatMap((side): Phase[] => {
    const players = schedule(`critic@${side}`, `generator@${side}`);
    const own = { name: `${side}x${side}`, schedule: players, ...(side !== to && { steps: stay }) };
    return side === from ? [own] : [{ name: `to ${side}x${side}`, schedule: players, steps: fade }, own];
  });
  const plan = phases(list);
  return {
    sides,
    plan,
    at(index) {
      const { number, step } = plan.at(index);
      const side = sides[Math.ceil(number / 2)]!;
      return { side, alpha: number % 2 === 1 ? (step + 1) / fade : 1 };
    },
  };
}

/** A power of 2 from 4. @throws RangeError */
function sideOption(name: string, side: unknown): void {
  if (typeof side === 'number' && Number.isInteger(Math.log2(side)) && side >= 4) return;
  throw new RangeError(`${name}: expected a power of 2 from 4, got ${show(side)}`);
}
