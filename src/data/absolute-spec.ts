import { resolve } from 'node:path';
import { expandHome } from './expand-home.ts';
import { mixParts, specOptions } from './spec-options.ts';

/**
 * The spec of a dataset with its paths made absolute, so that it names the same files from every
 * working directory. A spec without a path stays as it is.
 */
export function absoluteSpec(spec: string): string {
  if (spec.startsWith('unpaired:'))
    return `unpaired:${spec.slice('unpaired:'.length).split('+').map(absoluteSpec).join('+')}`;
  if (spec.startsWith('edges:')) return `edges:${absoluteSpec(spec.slice('edges:'.length))}`;
  if (spec.startsWith('mix:')) {
    const parts = mixParts(spec.slice('mix:'.length));
    return `mix:${parts.map((part) => `${absoluteSpec(part.spec)}*${part.weight}`).join('+')}`;
  }
  const { base, options } = specOptions(spec);
  const texts = [...options].map(([name, value]) => {
    if (value === '') return `,${name}`;
    // Of npz, the name of an array.
    return `,${name}=${name === 'labels' && base.startsWith('npy:') ? absolute(value) : value}`;
  });
  return absoluteBase(base) + texts.join('');
}

function absoluteBase(base: string): string {
  const [, head, rest] = /^(idx|cifar10|folder|pairs|raw|csv|npy|npz|shards):(.+)$/s.exec(base) ?? [];
  if (head === undefined || rest === undefined) return base;
  const [, file, form, labels] = /^(.+?)(,\d+x\d+x\d+)(?:,(.+))?$/.exec(rest) ?? [];
  if (head !== 'raw' || file === undefined) return `${head}:${absolute(rest)}`;
  return `raw:${absolute(file)}${form}${labels === undefined ? '' : `,${absolute(labels)}`}`;
}

const absolute = (path: string): string => resolve(expandHome(path));
