// Starts an experiment, or lists them all: npm run experiment [NAME] [arguments]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { didYouMean } from '../src/base/index.ts';

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
  .map((file) => file.replace(/\.ts$/, ''))
  .sort();

/** How an experiment is called and what it shows: the comment at the head of its file. */
function headOf(name: string): { usage: string; purpose: string } {
  const lines = readFileSync(join(folder, `${name}.ts`), 'utf8').split('\n');
  const comment = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('//')),
  );
  const [prose, usage = ''] = comment
    .map((line) => line.slice(3).trim())
    .join(' ')
    .split(' npm run experiment ');
  return { usage, purpose: prose! };
}

const [name, ...rest] = process.argv.slice(2);
if (name === undefined) {
  console.log('npm run experiment NAME [arguments]\n');
  for (const { usage, purpose } of names.map(headOf)) console.log(`${usage}\n    ${purpose}`);
} else if (names.includes(name)) {
  const script = join(folder, `${name}.ts`);
  process.argv = [process.argv[0]!, script, ...rest]; // as if the script had been started itself
  await import(pathToFileURL(script).href);
} else {
  const near = didYouMean(name, names);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  console.error(`NAME: expected one of ${names.join(', ')}, got "${name}"${hint}`);
  process.exitCode = 1;
}
