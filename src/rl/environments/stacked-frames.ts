import { wholeNumber } from '../../base/index.ts';
import type { Key } from '../../engine/index.ts';
import type { Environment, Json, Restart } from './environment.ts';
import { box } from './specs.ts';
import { boxOf, Wrapper } from './wrapper.ts';

/**
 * The last `count` observations as one, so that velocities can be inferred from positions. Number i
 * of frame f, the oldest frame first, is at i * count + f: of pictures [height, width] it makes
 * pictures [height, width, count]. At the start of an episode the first observation stands for
 * those that are missing. Mnih et al., Nature 518 (2015), "Preprocessing".
 * @throws RangeError when `count` is not a whole number from 1, TypeError when observations are no
 * box
 */
export function stackedFrames<Action>(
  inner: Environment<readonly number[], Action>,
  count: number,
): Environment<readonly number[], Action> {
  return new StackedFrames(inner, wholeNumber('stackedFrames: count', count, 1));
}

class StackedFrames<Action> extends Wrapper<readonly number[], readonly number[], Action> {
  readonly #count: number;
  #frames: readonly (readonly number[])[] = [];

  constructor(inner: Environment<readonly number[], Action>, count: number) {
    const { low, high } = boxOf('stackedFrames', inner);
    const repeated = (bounds: readonly number[]) =>
      bounds.flatMap((bound) => new Array<number>(count).fill(bound));
    super(inner, box(repeated(low), repeated(high)));
    this.#count = count;
  }

  override reset(key: Key): Restart<readonly number[]> {
    this.#frames = [];
    return super.reset(key);
  }

  observe(frame: readonly number[]): readonly number[] {
    const missing = this.#frames.length === 0 ? this.#count - 1 : 0;
    this.#frames = [...this.#frames, ...new Array(missing).fill(frame), frame].slice(-this.#count);
    return frame.flatMap((_, i) => this.#frames.map((numbers) => numbers[i]!));
  }

  override save(): Json {
    return { frames: this.#frames.map((numbers) => [...numbers]), inner: super.save() };
  }

  override restore(saved: Json): void {
    const { frames, inner } = saved as { readonly frames: readonly number[][]; readonly inner: Json };
    this.#frames = frames;
    super.restore(inner);
  }
}
