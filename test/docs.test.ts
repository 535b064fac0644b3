import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));

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

  it('links only to files that are there', () => {
    const dead = [
      'README.md',
      'CONTRIBUTING.md',
      ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
    ]
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) => {
        const text = readFileSync(join(root, path), 'utf8');
        return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
          .map((match) => relative(root, join(root, path, '..', match[1]!)))
          .filter((target) => !readdirSync(join(root, target, '..')).includes(target.split('/').at(-1)!))
          .map((target) => `${path} links to ${target}`);
      });
    expect(dead).toEqual([]);
  });
});
