import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  circles,
  filesUnder,
  homonyms,
  importsIn,
  roomMarkdown,
  roomOf,
  roomTable,
  root,
  type SourceFile,
} from './support/source-graph.ts';

const sources = filesUnder('src', '.ts');
const pageScripts = filesUnder('src', '.js');

/** Code without comments and text, so that a rule may be spoken of in a comment. */
function codeOf(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].map((match) => match[1]!);
}

/**
 * The rooms, from the floor up: a room may import those of earlier rows. Streams stand apart from
 * the engine.
 */
const floors: readonly (readonly string[])[] = [
  ['base'],
  ['streams', 'engine'],
  ['data', 'models', 'checkpoint'],
  ['rl', 'evaluation'],
  ['plots'],
  ['recipes'],
  ['runs'],
  ['telemetry', 'export'],
  ['server', 'cli'],
];

const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));

/** Rooms of one floor that one of the two may import. */
const besides = new Set(['data -> models', 'data -> checkpoint', 'cli -> server']);

/** The folders of models, from the floor up; its own files know none of them, except the index. */
const modelFloors = ['layers', 'optimizers', 'losses', 'terms', 'systems'];

/**
 * What we use of RxJS. Everything that queues without a bound or recurses is left out
 * (docs/decisions.md, D-003).
 */
const rxjsAllowed = new Set([
  'Observable',
  'Subscription',
  'Subject',
  'EMPTY',
  'NEVER',
  'of',
  'from',
  'defer',
  'merge',
  'lastValueFrom',
  'pipe',
  'map',
  'filter',
  'take',
  'takeUntil',
  'tap',
  'connect',
  'catchError',
  'ignoreElements',
  'throttleTime',
  'finalize',
  'asyncScheduler',
  'MonoTypeOperatorFunction',
  'OperatorFunction',
  'SchedulerLike',
  'Subscriber',
  'Observer',
]);

const banned: readonly { call: RegExp; instead: string; allowedIn: readonly string[] }[] = [
  { call: /\bMath\.random\b/, instead: 'keys of src/engine/random.ts', allowedIn: ['src/engine/random.ts'] },
  {
    call: /\bDate\.now\b|\bnew Date\b|\bperformance\.now\b/,
    instead: 'src/base/clock.ts',
    allowedIn: ['src/base/clock.ts'],
  },
  {
    call: /\bset(?:Timeout|Interval|Immediate)\(/,
    instead: 'src/streams/macrotask.ts',
    allowedIn: ['src/streams/macrotask.ts'],
  },
  {
    // Its error would replace the one that led there.
    call: /\bfinally \{\s*(?:await )?(?:[\w.]+\.)?(?:close|closeSync|rm|rmSync|unlink|call)\(/,
    instead: 'withCleanup',
    allowedIn: [],
  },
  {
    // Computed values stand behind a condition: `...(size > 0 && { size })`.
    call: /\.\.\.\((\w+)(?: !== undefined)? && \{ (?:\w+: )?\1 \}\)|\.\.\.\([^()]*(?:\([^()]*\)[^()]*)*\? \{.*\} : \{\}\)|=== undefined \? \{\} :/,
    instead: 'given() of src/base/given.ts',
    // Each step goes through them.
    allowedIn: ['src/streams/schedule.ts', 'src/models/trainer.ts', 'src/server/feed.ts'],
  },
  { call: /\bexport default\b|\bexport \*/, instead: 'named exports', allowedIn: [] },
  {
    call: /\btf\.(?:random\w+|truncatedNormal|dropout|variable)\(/,
    instead: 'declared inputs',
    allowedIn: [],
  },
];

/**
 * What a test may not do, since it shares its process with other files, and its machine with other
 * work.
 */
const bannedInTests: readonly { code: RegExp; instead: string }[] = [
  {
    code: /\bvi\.(?:mock|doMock|resetModules)\(/,
    instead: 'a process of its own, as test/support/without.ts makes it',
  },
  { code: /\bprocess\.chdir\(/, instead: 'paths in scratchFolder()' },
  {
    code: /\btimeout: (?!(?:[3-9]|\d\d)\d\d_000\b)\d|^ *(?:\}, )?\d+_\d{3}(?:\);|,\n *\);)$/m,
    instead: 'the limits of the configuration, or five minutes, which only tell a hang',
  },
  {
    code: /\b(?:performance|Date)\.now\(\) - \w+\)\.toBeLess/,
    instead: 'a condition, a ratio, or a benchmark',
  },
];

/** Words that plain technical English does without. */
const bannedWords = /\b(?:whoever|nobody|to be had|shall|anew|at hand|may be said of|quarrels?)\b/gi;

/** Of a comment: addresses, directives, types and commands. */
const unwrapped = /https?:|biome-ignore|@typedef|\{ id: string|tsx |npm run /;

describe('the house rules', () => {
  it('lets imports point downwards only, and through the index of the other room', () => {
    const wrong: string[] = [];
    for (const { path, text } of sources) {
      const room = roomOf(path);
      for (const specifier of importsOf(text).filter((name) => name.startsWith('.'))) {
        const target = relative(root, join(root, path, '..', specifier));
        const other = roomOf(target);
        if (!target.startsWith('src/') || room === other || path === 'src/index.ts') continue;
        if (floorOf(other) >= floorOf(room) && !besides.has(`${room} -> ${other}`))
          wrong.push(`${path} imports ${target}: ${room} may not know ${other}`);
        else if (target !== `src/${other}/index.ts`)
          wrong.push(`${path} imports ${target}, not src/${other}/index.ts`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('lets the folders of models know only those before them', () => {
    const floor = (path: string) => modelFloors.indexOf(path.split('/')[2]!);
    const models = sources.filter(
      ({ path }) => path.startsWith('src/models/') && !path.endsWith('/index.ts'),
    );
    expect(new Set(models.map(({ path }) => floor(path))).size).toBe(modelFloors.length + 1);
    const wrong = models.flatMap((file) =>
      importsIn(file)
        .filter(({ target }) => target.startsWith('src/models/') && floor(target) > floor(file.path))
        .map(({ target }) => `${file.path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no circle of imports', () => {
    // Of types too: files that know each other are one thing.
    const graph = new Map(sources.map((file) => [file.path, importsIn(file).map(({ target }) => target)]));
    expect(circles(graph)).toEqual([]);
  });

  it('gives an exported name one meaning', () => {
    expect(homonyms(sources)).toEqual([]);
  });

  it('writes comments, messages and docs in plain words', () => {
    const prose = [...sources, ...pageScripts, ...filesUnder('docs', '.md')]
      .filter(({ path }) => path !== 'docs/decisions.md')
      .concat(
        ['README.md', 'CONTRIBUTING.md'].map((path) => ({
          path,
          text: readFileSync(join(root, path), 'utf8'),
        })),
      );
    const wrong = prose.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, i) => [...line.matchAll(bannedWords)].map(([word]) => `${path}:${i + 1}: ${word}`)),
    );
    expect(wrong).toEqual([]);
  });

  it('wraps comments at 100 columns, but for what cannot be wrapped', () => {
    const long = [...sources, ...pageScripts, ...filesUnder('test', '.ts')].flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, i) =>
          line.length > 100 && /^\s*(?:\/\/|\/?\*)/.test(line) && !unwrapped.test(line)
            ? [`${path}:${i + 1}`]
            : [],
        ),
    );
    expect(long).toEqual([]);
  });

  it('has a table of the rooms in docs/architecture.md that is true', () => {
    const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    const actual = roomTable([...sources, ...pageScripts], floors.flat());
    const written = [...text.matchAll(/^\| `(\w+)` \| ([\d,]+) \| (.*) \|$/gm)].map(
      ([, room, lines, imports]) => ({
        room,
        lines: Number(lines!.replaceAll(',', '')),
        imports,
      }),
    );
    const report = `the table of docs/architecture.md is out of date; it is now:\n\n${roomMarkdown(actual)}\n`;
    const arrows = (rows: readonly { room?: string | undefined; imports?: unknown }[]) =>
      rows.map(({ room, imports }) => `${room}: ${imports}`);
    expect(arrows(written), report).toEqual(
      arrows(actual.map(({ room, imports }) => ({ room, imports: imports.join(', ') || 'no other room' }))),
    );
    // A tenth, so that not every commit changes the table.
    const stale = written.filter(
      ({ lines }, i) => Math.abs(lines - actual[i]!.lines) > Math.max(200, lines / 10),
    );
    expect(stale, report).toEqual([]);
  });

  it('names functions and files in docs/architecture.md that are there', () => {
    const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    const named = [...text.matchAll(/`(\w+)` \(`(src\/[^`]+)`\)/g)].map(([, name, path]) => ({ name, path }));
    const wrong = named.filter(({ name, path }) => {
      const source = sources.find((file) => file.path === path)?.text ?? '';
      return !new RegExp(`\\b(?:function|class|const) ${name}\\b`).test(source);
    });
    expect(named.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  it('has a test for every file: named after it, or of its exports, or of a file that imports it', () => {
    const tests = filesUnder('test', '.ts');
    const words = new Set(tests.flatMap(({ text }) => codeOf(text).match(/[A-Za-z_$][\w$]*/g) ?? []));
    const exported = ({ text }: SourceFile) =>
      [...text.matchAll(/^export (?:async )?(?:abstract )?(?:function\*?|class|const) (\w+)/gm)].map(
        ([, name]) => name!,
      );
    const mirrored = new Set(
      tests.map(({ path }) => path.replace(/^test/, 'src').replace('.test.ts', '.ts')),
    );
    const tested = sources.filter(
      (file) => mirrored.has(file.path) || exported(file).some((name) => words.has(name)),
    );
    const served = new Set(
      tested.flatMap((file) => [file.path, ...importsIn(file).map(({ target }) => target)]),
    );
    const missing = sources.filter((file) => exported(file).length > 0 && !served.has(file.path));
    expect(missing.map(({ path }) => path)).toEqual([]);
  });

  it('uses only what is bounded and stack-safe of RxJS', () => {
    const wrong = sources.flatMap(({ path, text }) =>
      [
        ...codeOf(text.replaceAll("'rxjs'", 'rxjs')).matchAll(
          /import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+rxjs/g,
        ),
      ]
        .flatMap((match) => match[1]!.split(','))
        .map((name) =>
          name
            .trim()
            .replace(/^type\s+/, '')
            .replace(/\s+as\s+.*$/, ''),
        )
        .filter((name) => name !== '' && !rxjsAllowed.has(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps chance, clocks, timers and hidden state in their modules', () => {
    const wrong = sources.flatMap(({ path, text }) =>
      banned
        .filter(({ call, allowedIn }) => call.test(codeOf(text)) && !allowedIn.includes(path))
        .map(
          ({ call, instead }) => `${path}: ${call.exec(codeOf(text))![0]} is not for here, use ${instead}`,
        ),
    );
    expect(wrong).toEqual([]);
  });

  it('has tests that share a process, and whose verdict no loaded machine changes', () => {
    const wrong = filesUnder('test', '.ts').flatMap(({ path, text }) => {
      const code = codeOf(text);
      return bannedInTests
        .filter(({ code: pattern }) => pattern.test(code))
        .map(({ code: pattern, instead }) => `${path}: ${pattern.exec(code)![0]}; instead: ${instead}`);
    });
    expect(wrong).toEqual([]);
  });

  it('has an index in every room that is only a list of named re-exports', () => {
    const rooms = [
      ...new Set(sources.filter(({ path }) => path.split('/').length > 2).map(({ path }) => roomOf(path))),
    ];
    for (const room of rooms.filter((name) => name !== 'cli')) {
      const text = readFileSync(join(root, 'src', room, 'index.ts'), 'utf8');
      const rest = text.replace(/export (?:type )?\{[^}]*\} from '[^']+';|export \{\};/g, '').trim();
      expect(rest, `src/${room}/index.ts`).toBe('');
    }
  });

  it('keeps files small', () => {
    const sizes = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    sizes.sort((a, b) => a.lines - b.lines);
    const at = (share: number) => sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))]!.lines;
    const largest = sizes.slice(-3).map(({ path, lines }) => `${path} ${lines}`);
    console.info(
      `src: ${sizes.length} files, lines median ${at(0.5)}, p90 ${at(0.9)}; largest ${largest.join(', ')}`,
    );
    expect(at(0.5)).toBeLessThanOrEqual(80);
    expect(sizes.filter(({ lines }) => lines > 300)).toEqual([]);
  });
});
