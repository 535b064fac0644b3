import { show } from '../base/index.ts';
import { forbiddenKeys } from './state-text.ts';

/** The rule that the name of a tensor breaks, or undefined for a good name. */
export function nameProblem(name: string): string | undefined {
  if (!/^[\w./@-]{1,256}$/.test(name))
    return `expected a name of 1 to 256 letters, digits and _ . / @ -, got ${show(name)}`;
  if (name === '__metadata__' || name.split('/').some((part) => forbiddenKeys.has(part)))
    return `expected another name than ${name}, which is reserved`;
  return undefined;
}
