import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HttpAnswer } from './answer.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The files of the live page, read once, by the path that they are served under. It is a fixed
 * list: a request can choose among these and nothing else.
 */
export function pageFiles(): Map<string, HttpAnswer> {
  const page = fileURLToPath(new URL('./page/', import.meta.url));
  const own = readdirSync(page).map((name): [string, string] => [`/${name}`, join(page, name)]);
  const uplot = dirname(createRequire(import.meta.url).resolve('uplot'));
  const files = new Map(
    [
      ...own,
      ...['uPlot.esm.js', 'uPlot.min.css'].map((name): [string, string] => [`/${name}`, join(uplot, name)]),
    ].flatMap(([path, file]): [string, HttpAnswer][] => {
      const type = types[extname(file)];
      return type === undefined ? [] : [[path, { type, body: readFileSync(file) }]];
    }),
  );
  const index = files.get('/index.html')!;
  const icon = files.get('/favicon.svg')!;
  return files.set('/', index).set('/favicon.ico', icon);
}
