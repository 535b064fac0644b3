import { readFileSync } from 'node:fs';

/** The blocks of YAML in a page of Markdown. */
export function yamlBlocks(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => text!);
}
