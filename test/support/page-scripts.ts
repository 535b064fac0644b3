import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const project = join(import.meta.dirname, '../..');

/** The scripts that a page prints, by file name, and its commands. */
export interface PageScripts {
  /** Blocks of code that begin with ` ```ts NAME.ts`. */
  readonly files: ReadonlyMap<string, string>;
  /** Indented blocks in which a line begins with `npx tsx` or `npx weir-streams`, in order. */
  readonly commands: readonly string[];
}

/** What a page of docs/ has its reader write and run. */
export function scriptsOf(path: string): PageScripts {
  const text = readFileSync(join(project, path), 'utf8');
  const blocks = [...text.matchAll(/^```tsx? (\S+)\n([\s\S]*?)^```$/gm)];
  const indented = text.match(/(?:^ {4}.*\n)+/gm) ?? [];
  return {
    files: new Map(blocks.map(([, name, code]) => [name!, code!])),
    commands: indented.filter((block) => /^ {4,}npx (?:tsx|weir-streams) /m.test(block)),
  };
}

/** The pages of docs/ that print scripts, by their path without an ending. */
export function pagesWithScripts(): ({ readonly name: string } & PageScripts)[] {
  return readdirSync(join(project, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({ name: name.replace(/\.md$/, ''), ...scriptsOf(join('docs', name)) }))
    .filter(({ files }) => files.size > 0);
}

/**
 * Makes a folder in which `weir-streams/...` are the sources of this project, with the files in it.
 */
export function writeScripts(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  const paths = {
    'weir-streams': [join(project, 'src/index.ts')],
    'weir-streams/*': [join(project, 'src/*/index.ts')],
  };
  const compilerOptions = {
    paths,
    noUnusedLocals: false,
    rootDir: '/',
    typeRoots: [join(project, 'node_modules/@types')],
  };
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: join(project, 'tsconfig.json'), compilerOptions, include: ['**/*.ts'] }),
  );
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  for (const [name, code] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), code);
  }
}
