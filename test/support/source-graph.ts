import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize, relative } from 'node:path';

/** The folder of the project. */
export const root = join(import.meta.dirname, '../..');

/** A file of the project and its text. */
export interface SourceFile {
  /** Relative to the project. */
  readonly path: string;
  readonly text: string;
}

/** The files under a folder whose names end in one of `endings`, by path. */
export function filesUnder(folder: string, ...endings: readonly string[]): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The room of a file under `src`. */
export function roomOf(path: string): string {
  return path.split('/')[1]!;
}

/** An import of another file of the project. */
interface Import {
  readonly target: string;
  /** It is gone when the program runs. */
  readonly typeOnly: boolean;
}

/** The relative static imports and re-exports of a file. */
export function importsIn({ path, text }: SourceFile): Import[] {
  const statement = /^(?:import|export)\s+(type\s+)?(?:(\{[^}]*\}|\*\s+as\s+\w+)\s+from\s+)?'(\.[^']+)'/gm;
  return [...text.matchAll(statement)].map(([, type, names = '', specifier]) => ({
    target: normalize(join(path, '..', specifier!)),
    typeOnly: type !== undefined || /^\{\s*(?:type \w+(?: as \w+)?,?\s*)+\}$/.test(names),
  }));
}

/**
 * Circles of imports: the strongly connected components of more than one file, by Tarjan's
 * algorithm.
 */
export function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string) => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file)!, low.get(next)!));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) found.push(circle.sort());
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return found.sort();
}

/** Names that more than one file of a set declares and exports, each with its files. */
export function homonyms(files: readonly SourceFile[]): string[] {
  const declaration =
    /^export (?:declare |abstract |async )*(?:function\*?|class|const|interface|type) (\w+)/gm;
  const places = new Map<string, Set<string>>();
  for (const { path, text } of files)
    for (const [, name] of text.matchAll(declaration))
      places.set(name!, (places.get(name!) ?? new Set()).add(path));
  return [...places]
    .filter(([, paths]) => paths.size > 1)
    .map(([name, paths]) => `${name}: ${[...paths].join(', ')}`);
}

/** Of each room its lines, to hundreds, and the rooms that it imports. */
export interface RoomRow {
  readonly room: string;
  readonly lines: number;
  readonly imports: readonly string[];
}

/** The rooms of `src`, in the order that is given. */
export function roomTable(files: readonly SourceFile[], order: readonly string[]): RoomRow[] {
  return order.map((room) => {
    const own = files.filter(({ path }) => roomOf(path) === room);
    const lines = own.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
    const imported = new Set(own.flatMap((file) => importsIn(file).map(({ target }) => roomOf(target))));
    return {
      room,
      lines: 100 * Math.round(lines / 100),
      imports: order.filter((other) => other !== room && imported.has(other)),
    };
  });
}

/** The table as markdown. */
export function roomMarkdown(rows: readonly RoomRow[]): string {
  return [
    '| room | lines | imports |',
    '|---|---|---|',
    ...rows.map(
      ({ room, lines, imports }) =>
        `| \`${room}\` | ${lines.toLocaleString('en')} | ${imports.join(', ') || 'no other room'} |`,
    ),
  ].join('\n');
}
