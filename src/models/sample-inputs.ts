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
  if (latent !== undefined) return { ...drawn, ...checkedLatent(system, latent, count) };
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

function checkedLatent(
  { name, noise = {} }: System,
  latent: Readonly<Record<string, Value>>,
  count: number,
): Tree<Value> {
  const names = Object.keys(noise);
  if (names.length === 0) throw new RangeError(`latent: expected none for ${name}, which takes no noise`);
  for (const [input, { dtype, shape, data }] of Object.entries(latent)) {
    const known = noise[input];
    if (known === undefined)
      throw new RangeError(`latent: expected one of ${names.join(', ')}, got ${show(input)}`);
    const wanted = [count, known.size];
    if (dtype !== 'float32' || shape.join() !== wanted.join())
      throw new RangeError(
        `latent: ${input}: expected [${wanted}] numbers, ${known.size} for each sample of ${name}, got [${shape}]`,
      );
    const wrong = data.findIndex((number) => !Number.isFinite(number));
    if (wrong >= 0)
      throw new RangeError(`latent: ${input}: expected finite numbers, got ${data[wrong]} at ${wrong}`);
  }
  return latent;
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
