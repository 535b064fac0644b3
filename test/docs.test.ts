import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readmeForNpm } from '../scripts/readme-for-npm.ts';

const root = join(import.meta.dirname, '..');

const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));

/** Every page: its path from the root, and its text. */
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

/**
 * A page without its blocks of code, which lie elsewhere or follow rules of their own; lines keep
 * their numbers.
 */
function prose(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, (block) => block.replace(/[^\n]/g, ''));
}

/** The anchor of a heading, as GitHub and npm make it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

function anchorsOf(text: string): Set<string> {
  return new Set([...prose(text).matchAll(/^#+ (.*)$/gm)].map((match) => anchorOf(match[1]!)));
}

describe('the documentation', () => {
  it('has a comment for everything that a room exports', () => {
    const exported = new Map(
      readdirSync(join(root, 'src'), { withFileTypes: true })
        .filter((entry) => existsSync(join(root, 'src', entry.name, 'index.ts')))
        .map(({ name }) => {
          const text = readFileSync(join(root, 'src', name, 'index.ts'), 'utf8').replace(/'[^']*'/g, '');
          return [name, new Set(text.match(/\w+/g))];
        }),
    );
    const bare = sources.flatMap((path) => {
      const lines = readFileSync(join(root, path), 'utf8').split('\n');
      const declaration =
        /^export (?:declare |abstract |async )*(?:function\*?|class|const|interface|type) (\w+)/;
      return lines.flatMap((line, i) => {
        const name = declaration.exec(line)?.[1];
        const overload = declaration.exec(lines[i - 1] ?? '')?.[1] === name;
        const documented = overload || /\*\/$|^\): .*;$/.test(lines[i - 1]?.trimEnd() ?? '');
        return name === undefined || !exported.get(path.split('/')[1]!)?.has(name) || documented
          ? []
          : [`${path}: ${name}`];
      });
    });
    expect(exported.size).toBeGreaterThan(8);
    expect(bare).toEqual([]);
  });

  it('has a README whose first commands are those that run', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const commands = [...readme.matchAll(/^ {4}(npm ci && [^#\n]*)/gm)].map((match) => match[1]!.trim());
    expect(commands).toEqual(['npm ci && npm start', 'npm ci && npm test']);
  });

  it('prints code in the README that examples/ has and test/examples runs', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const blocks = [...readme.matchAll(/^```ts\n([\s\S]*?)```$/gm)].map((match) => match[1]!);
    const examples = readdirSync(join(root, 'examples')).map((name) =>
      readFileSync(join(root, 'examples', name), 'utf8'),
    );
    // The first block is a whole script: an example without the comment at its head.
    expect(examples.map((text) => text.replace(/^.*\n/, ''))).toContain(blocks[0]);
    expect(blocks.filter((block) => !examples.some((text) => text.includes(block)))).toEqual([]);
  });

  it('links only to files that are in the package too', () => {
    const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const packed = [...files, 'README.md', 'LICENSE', 'package.json'];
    const left = pages.flatMap(({ path, text }) =>
      [...prose(text).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map(([, file]) => relative(root, join(root, path, '..', file!)))
        .filter(
          (file) =>
            !packed.includes(file.split('/')[0]) || packed.some((name) => `!${file}`.startsWith(name)),
        )
        .map((file) => `${path}: ${file}`),
    );
    expect(left).toEqual([]);
  });

  it('links only to files and headings that exist', () => {
    const anchors = new Map(pages.map(({ path, text }) => [path, anchorsOf(text)]));
    const dead = pages.flatMap(({ path, text }) =>
      [...prose(text).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)]
        .filter(([, file, anchor]) => {
          const target = file ? relative(root, join(root, path, '..', file)) : path;
          return !existsSync(join(root, target)) || (anchor && !anchors.get(target)?.has(anchor));
        })
        .map(([link]) => `${path}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  it('has a README whose pictures and links npm finds in the package', () => {
    const { files, name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const text = readmeForNpm(readFileSync(join(root, 'README.md'), 'utf8'), name, version);
    const links = [...text.matchAll(/(?:\]\(|src=")([^)"]+)[)"]/g)].map((match) => match[1]!);
    const base = `https://unpkg.com/${name}@${version}/`;
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !link.startsWith(base))).toEqual([]);
    const packed = links.map((link) => link.slice(base.length).split('#')[0]!);
    expect(packed.filter((path) => !files.includes(path.split('/')[0]))).toEqual([]);
    expect(packed.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('wraps its lines at 100 columns, but for tables, links, queries and the examples in the README', () => {
    const long = pages.flatMap(({ path, text }) => {
      const wide = path === 'README.md' ? /^```ts$[\s\S]*?^```$/gm : /^```(?:promql|mermaid)$[\s\S]*?^```$/gm;
      return text
        .replace(wide, (block) => block.replace(/[^\n]/g, ''))
        .split('\n')
        .map((line, i) => ({ line, place: `${path}:${i + 1}` }))
        .filter(({ line }) => line.length > 100 && !/^(?:\||<img |(?:- |!)?\[)/.test(line))
        .map(({ place }) => place);
    });
    expect(long).toEqual([]);
  });

  it('leads from docs/README.md to every other page', () => {
    const { text } = pages.find(({ path }) => path === 'docs/README.md')!;
    const linked = new Set([...text.matchAll(/\]\(([^)#]+)/g)].map((match) => join('docs', match[1]!)));
    const others = pages.map(({ path }) => path).filter((path) => /^docs\/(?!README)/.test(path));
    expect(others.filter((path) => !linked.has(path))).toEqual([]);
  });

  it('has every decision in the index of docs/decisions.md, and superseded ones behind the others', () => {
    const { text } = pages.find(({ path }) => path === 'docs/decisions.md')!;
    const [index, entries, behind] = text.split(/^## (?=D-001)|^## Superseded$/m) as [string, string, string];
    const headings = [...`## ${entries}`.matchAll(/^## (D-\d{3}: .*)$/gm)].map((match) => match[1]!);
    const rows = headings.map((title) => `- [${title.slice(0, 5)}](#${anchorOf(title)}) ${title.slice(7)}`);
    expect(headings).toEqual([...headings].sort());
    expect(index.match(/^- .*$/gm)?.sort()).toEqual(rows.sort());
    expect(behind).toContain('## Appendix: failed trials');
    expect(behind).not.toMatch(/^## D-/m);
  });
});
