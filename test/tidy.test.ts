import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

const sources = filesUnder('src').map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

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

/** The rooms, from the floor up: a room may import those of earlier rows. Streams stand apart from the engine. */
const floors: readonly (readonly string[])[] = [
  ['base'],
  ['streams', 'engine'],
  ['data', 'models', 'checkpoint'],
  ['rl', 'evaluation'],
  ['plots'],
  ['recipes'],
  ['runs'],
  ['telemetry'],
  ['server', 'cli'],
];

const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));

/** Rooms of one floor that one of the two may import. */
const besides = new Set(['data -> models', 'checkpoint -> models', 'cli -> server', 'evaluation -> rl']);

const roomOf = (path: string) => path.split('/')[1]!;

/** What we use of RxJS. Everything that queues without a bound or recurses is left out (docs/decisions.md, D-003). */
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
  { call: /\bexport default\b|\bexport \*/, instead: 'named exports', allowedIn: [] },
  {
    call: /\btf\.(?:random\w+|truncatedNormal|dropout|variable)\(/,
    instead: 'declared inputs',
    allowedIn: [],
  },
];

/** What a test may not do, since it shares its process with other files, and its machine with other work. */
const bannedInTests: readonly { code: RegExp; instead: string }[] = [
  {
    code: /\bvi\.(?:mock|doMock|resetModules)\(/,
    instead: 'a process of its own, as test/support/without.ts makes it',
  },
  { code: /\bprocess\.chdir\(/, instead: 'paths in scratchFolder()' },
  {
    code: /\btimeout: (?!(?:[3-9]|\d\d)\d\d_000\b)\d|^ *\}, \d+_\d{3}\);$/m,
    instead: 'the limits of the configuration, or five minutes, which only tell a hang',
  },
  {
    code: /\b(?:performance|Date)\.now\(\) - \w+\)\.toBeLess/,
    instead: 'a condition, a ratio, or a benchmark',
  },
];

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

  it('has a test at the mirrored path for every file that does something', () => {
    const silent = /^src\/(?:index\.ts|.*\/index\.ts|cli\/main\.ts)$/;
    const missing = sources
      .filter(
        ({ path, text }) =>
          !silent.test(path) && /^export (?:async )?(?:abstract )?(?:function|class|const)/m.test(text),
      )
      .map(({ path }) => path.replace(/^src/, 'test').replace(/\.ts$/, '.test.ts'))
      .filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
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
    const wrong = filesUnder('test').flatMap((path) => {
      const code = codeOf(readFileSync(join(root, path), 'utf8'));
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
