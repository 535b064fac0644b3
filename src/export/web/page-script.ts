import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the parts of the page lie. */
export const pageFolder = join(import.meta.dirname, '..', 'page');

/** The modules of the page, each after those that it imports. */
const modules = ['bytes', 'dom', 'draw', 'latent', 'model', 'words', 'sampler', 'agent', 'main'];

/**
 * The modules of the page as one classic script: browsers import no modules from files. Their names
 * differ, so what they import is in scope.
 */
export function pageScript(): string {
  const texts = modules.map((name) =>
    readFileSync(join(pageFolder, `${name}.js`), 'utf8')
      .replace(/^import [^;]*;\n/gm, '')
      .replace(/^export /gm, ''),
  );
  return `(() => {\n'use strict';\n${texts.join('\n')}})();\n`;
}
