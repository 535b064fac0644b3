import { wholeNumber } from '../../base/index.ts';
import { keyOf, sizeOf, Value } from '../../engine/index.ts';
import { latentPath } from '../../evaluation/index.ts';
import type { Trainer } from '../../models/index.ts';

/**
 * Samples on the way from one latent vector to another, [rows * steps, ...shape], a row after the
 * other: a generator that has learned the data, and not single pictures of it, changes in small
 * steps and makes something real at each. Other inputs, such as a class, stay those of the row's
 * first sample.
 * @throws RangeError for a wrong number, or a generator without noise
 */
export async function latentInterpolation(
  trainer: Trainer,
  { rows, steps, seed = 0 }: { readonly rows: number; readonly steps: number; readonly seed?: number },
): Promise<Value> {
  wholeNumber('interpolate: rows', rows, 1);
  const { system } = trainer;
  const [from, to] = ['interpolation/from', 'interpolation/to'].map((name) =>
    system.samplerInputs(rows, keyOf(seed, name)),
  );
  const { noise, ...rest } = from!;
  if (!(noise instanceof Value) || !(to!.noise instanceof Value))
    throw new RangeError(`interpolate: expected a generator of noise, got ${system.name}`);
  const repeated = Object.entries(rest).map(([name, value]) => [name, eachRepeated(value as Value, steps)]);
  return trainer.sampleFrom({ ...Object.fromEntries(repeated), noise: latentPath(noise, to!.noise, steps) });
}

/** Every row as often as `times`, one after the other. */
function eachRepeated({ dtype, shape, data }: Value, times: number): Value {
  const [rows = 0, ...row] = shape;
  const each = sizeOf(row);
  const repeated = data.slice(0, 0);
  const wide = new (repeated.constructor as Float32ArrayConstructor)(rows * times * each);
  for (let i = 0; i < rows * times; i++)
    wide.set(
      (data as Float32Array).subarray(Math.floor(i / times) * each, (Math.floor(i / times) + 1) * each),
      i * each,
    );
  return new Value(dtype, [rows * times, ...row], wide);
}
