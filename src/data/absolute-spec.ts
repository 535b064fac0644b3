import { resolve } from 'node:path';
import { expandHome } from './expand-home.ts';

/**
 * The spec of a dataset with its paths made absolute, so that it names the same files from every
 * working directory. A spec without a path stays as it is.
 */
export function absoluteSpec(spec: string): string {
  if (spec.startsWith('unpaired:'))
    return `unpaired:${spec.slice('unpaired:'.length).split('+').map(absoluteSpec).join('+')}`;
  if (spec.startsWith('edges:')) return `edges:${absoluteSpec(spec.slice('edges:'.length))}`;
  const [, head, rest] = /^(idx|cifar10|folder|pairs|raw):(.+)$/s.exec(spec) ?? [];
  if (head === undefined || rest === undefined) return spec;
  const absolute = (path: string) => resolve(expandHome(path));
  const [, file, form, labels] = /^(.+?)(,\d+x\d+x\d+)(?:,(.+))?$/.exec(rest) ?? [];
  if (head !== 'raw' || file === undefined) return `${head}:${absolute(rest)}`;
  return `raw:${absolute(file)}${form}${labels === undefined ? '' : `,${absolute(labels)}`}`;
}
