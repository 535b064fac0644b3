import { show } from '../base/index.ts';
import { fold, type Key, type Tree, type Value } from '../engine/index.ts';
import type { SampleRequest, System } from './system.ts';
import { truncateNoise } from './truncate-noise.ts';

/**
 * The inputs of the sampler for `count` samples of a key that a request asks for.
 * @throws RangeError naming what of the request the system does not know
 */
export function sampleInputs(
  system: System,
  count: number,
  key: Key,
  request: SampleRequest = {},
): Tree<Value> {
  const { first, truncation, latent } = request;
  if (latent !== undefined && truncation !== undefined)
    throw new RangeError('truncation: expected without latent, which is taken as it is, got both');
  const drawn = { ...system.samplerInputs(count, key, first), ...askedInputs(system, request, count) };
  if (latent !== undefined) {
    requireLatent(system, latent, count);
    return { ...drawn, ...latent };
  }
  return truncation === undefined ? drawn : { ...drawn, ...truncated(system, drawn, key, request) };
}

/** The inputs that caption, class or source decide. */
function askedInputs({ name, asked = {} }: System, request: SampleRequest, count: number): Tree<Value> {
  const { caption, label, source } = request;
  const refuse = (what: string): never => {
    throw new RangeError(`${what}: expected none for ${name}, whose samples cannot be asked for by it`);
  };
  return {
    ...(caption !== undefined && (asked.caption?.(caption, count) ?? refuse('caption'))),
    ...(label !== undefined && (asked.label?.(label, count) ?? refuse('class'))),
    ...(source !== undefined && (asked.source?.(source, count) ?? refuse('source'))),
  };
}

/**
 * Checks noise that is given: float32 [count, size] by input of the sampler, finite.
 * @param count rows that each must have. @default as many as the first
 * @throws RangeError naming the input
 */
export function requireLatent(
  { name, noise = {} }: System,
  latent: Readonly<Record<string, Value>>,
  count: number | undefined = Object.values(latent)[0]?.shape[0],
): void {
  const names = Object.keys(noise);
  if (names.length === 0) throw new RangeError(`latent: expected none for ${name}, which takes no noise`);
  for (const [input, { dtype, shape, data }] of Object.entries(latent)) {
    const size = noise[input]?.size;
    if (size === undefined)
      throw new RangeError(`latent: expected one of ${names.join(', ')}, got ${show(input)}`);
    if (dtype !== 'float32' || shape.length !== 2 || shape[1] !== size)
      throw new RangeError(
        `latent ${input}: expected rows of ${size} numbers, as ${name} takes, got [${shape}]`,
      );
    if (shape[0] !== count) throw new RangeError(`latent ${input}: expected ${count} rows, got ${shape[0]}`);
    const wrong = data.findIndex((number) => !Number.isFinite(number));
    if (wrong >= 0)
      throw new RangeError(
        `latent ${input}: expected finite numbers, got ${data[wrong]} in row ${Math.floor(wrong / size)}`,
      );
  }
}

/** The noise of drawn inputs, truncated. */
function truncated(
  { name, noise = {} }: System,
  drawn: Tree<Value>,
  key: Key,
  { truncation, first }: SampleRequest,
): Tree<Value> {
  const normal = Object.entries(noise).filter(([, input]) => (input.normal ?? 0) > 0);
  if (normal.length === 0)
    throw new RangeError(`truncation: expected none for ${name}, which takes no normal noise`);
  const keyed = fold(key, 'truncation');
  return Object.fromEntries(
    normal.map(([input, of]) => [
      input,
      truncateNoise(drawn[input] as Value, of.normal!, truncation!, fold(keyed, input), first),
    ]),
  );
}
