import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, runBuilt } from '../support/built.ts';
import { faultOf, type Leg, type Met, meet, newestStep, starts } from '../support/fault.ts';
import { newestDigest, timelessLog } from '../support/run-files.ts';
import { smallDisk } from '../support/small-disk.ts';
import { scratchFolder } from '../support/weir.ts';

const faults = Number(process.env.WEIR_FAULTS ?? 15);
const seed = Number(process.env.WEIR_FAULTS_SEED ?? 1);
const root = scratchFolder();
const disk = smallDisk(join(root, 'disk'), '32m');

/** Runs of about a second. */
const recipes = {
  'wgan-gp': ['grid25', 'cpu', 300, 20, 'width=8', 'depth=1'],
  'ac-gan': ['ring8', 'cpu', 300, 20, 'width=8', 'depth=1'],
  'frozen-lake-q': [undefined, 'cpu', 50_000, 4_000],
  'cart-pole-dqn': [undefined, 'wasm', 250, 20, 'warmup=10', 'minibatch=16', 'width=16'],
  'cart-pole-ppo': [undefined, 'wasm', 30, 3, 'rollout-steps=16', 'epochs=2', 'width=16'],
} as const;

let entry: string;
beforeAll(async () => {
  entry = await buildProgram(root);
});

function trainArgs(recipe: keyof typeof recipes): string[] {
  const [data, engine, steps, every, ...set] = recipes[recipe];
  return [
    'train',
    recipe,
    ...(data === undefined ? [] : ['--data', data, '--batch', '16']),
    '--engine',
    engine,
    '--steps',
    `${steps}`,
    '--checkpoint-every',
    `${every}`,
    '--no-serve',
    ...set.flatMap((option) => ['--set', option]),
  ];
}

const linesOf = (log: string) => log.split('\n').filter((line) => line !== '');
const json = (run: string, name: string) => JSON.parse(readFileSync(join(run, name), 'utf8'));
const events = (run: string) =>
  linesOf(readFileSync(join(run, 'events.jsonl'), 'utf8')).map((line) => JSON.parse(line));

const isLock = (name: string) => /(^|\/)lock/.test(name);
/** How the report says that a run has ended; undefined where there is none. */
const ended = (run: string) =>
  existsSync(join(run, 'report.json')) ? json(run, 'report.json').ended : undefined;

/** The names of everything in a folder. */
function contents(path: string): readonly string[] {
  return existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : [];
}

/** What a leg that has ended by itself leaves. */
function expectTruth(run: string, { code, stderr }: Met, steps: number, startedAt: number): void {
  if (stderr.includes('report.json could not be written')) {
    // None rather than that of an earlier execution.
    expect(contents(run)).not.toContain('report.json');
    expect(code).toBe(2);
    return;
  }
  const report = json(run, 'report.json');
  const saved = newestStep(run);
  if (code === 0) {
    expect(report.ended).toBe(saved === steps ? 'finished' : 'stopped');
    expect(report.steps).toBe(saved);
  } else {
    expect(report.ended, stderr).toBe('failed');
    expect(report.error.message, stderr).toMatch(/ENOSPC/);
    expect(report.steps).toBeGreaterThanOrEqual(saved ?? 0);
  }
  expect(report.startedAt).toBe(startedAt);
  expect(report.totalSeconds).toBeGreaterThanOrEqual(report.seconds);
  expect(report).not.toHaveProperty('unwritten');
  // That nobody took the output is told last.
  const last = events(run).findLast(({ kind }) => kind !== 'output-lost');
  expect(last).toMatchObject({ kind: 'ended', ended: report.ended, index: report.steps });
  const log = readFileSync(join(run, 'log.jsonl'), 'utf8');
  expect(log === '' || log.endsWith('\n')).toBe(true);
}

describe.each(Object.keys(recipes) as (keyof typeof recipes)[])('%s', (recipe) => {
  const number = Object.keys(recipes).indexOf(recipe);
  const mine = Array.from({ length: faults }, (_, i) => i).filter((i) => i % 5 === number);

  it(`comes to the same bytes whatever befalls it, ${mine.length} times`, async () => {
    const [, , steps] = recipes[recipe];
    const [whole, full] = [join(root, `${recipe}-whole`), join(root, `${recipe}-full`)];
    const quiet = [...trainArgs(recipe), '--quiet'];
    const { code, seconds } = await runBuilt(entry, [...quiet, '--out', whole], root);
    expect(code).toBe(0);
    await runBuilt(entry, [...quiet, '--log-every', '1', '--out', full], root);
    const { seconds: took } = json(whole, 'report.json');
    const times = { startMs: (seconds - took) * 1000, trainingMs: took * 1000 };

    const run = join(disk?.path ?? root, `${recipe}-run`);
    let stops = 0;
    const expectSame = () => {
      expect(newestDigest(run)).toBe(newestDigest(whole));
      const [expected, got] = [linesOf(timelessLog(whole)), linesOf(timelessLog(run))];
      // A stop that no whole run has writes the last step too, where the rule gives it no line.
      const every = new Set(linesOf(timelessLog(full)));
      const extra = got.filter((line) => !expected.includes(line));
      expect(extra.filter((line) => !every.has(line))).toEqual([]);
      expect(extra.length).toBeLessThanOrEqual(stops);
      expect(got.filter((line) => !extra.includes(line))).toEqual(expected);
      const indices = got.map((line) => JSON.parse(line).index);
      expect(indices).toEqual([...indices].sort((a, b) => a - b));
      rmSync(run, { recursive: true });
      stops = 0;
    };

    for (const i of mine) {
      const fault = faultOf(seed, i, disk !== undefined);
      const told = `fault ${i} of seed ${seed}: ${JSON.stringify(fault)}`;
      const before = contents(run);
      const startedAt = newestStep(run) ?? 0;
      const begun = existsSync(join(run, 'config.yaml'));
      const args = begun ? ['resume', run, '--no-serve'] : [...trainArgs(recipe), '--out', run];
      const leg: Leg = { entry, args, run, steps, ...times, disk };
      const executions = starts(run);
      const met = await meet(leg, fault);
      try {
        if (met.code === undefined && starts(run) > executions && newestStep(run) !== steps)
          // What an earlier execution reported is true no more.
          expect(contents(run)).not.toContain('report.json');
        if (fault.kind === 'SIGKILL') expect(met.code ?? 0, met.stderr).toBe(0);
        else if (met.code === undefined && starts(run) === executions)
          // Before the run has its directory.
          expect(contents(run).filter((name) => !isLock(name))).toEqual(
            before.filter((name) => !isLock(name)),
          );
        else if (met.code === undefined)
          // After the run has ended and has let its directory go.
          expectTruth(run, { ...met, code: 0 }, steps, startedAt);
        else if (fault.kind === 'disk' && met.code !== 0) {
          expect(met.code, met.stderr).toBeLessThanOrEqual(2);
          expect(met.stderr).toMatch(/ENOSPC/);
          expect(met.stderr).not.toMatch(/\n +at /);
        } else expect(met.code, met.stderr).toBe(0);
        if (met.code !== undefined && starts(run) > executions) expectTruth(run, met, steps, startedAt);
        if (met.code !== undefined) {
          // The lock of one that was killed stays where there is no room to take it over.
          const left = contents(run).filter((name) => isLock(name) || name.endsWith('.tmp'));
          expect(met.code === 0 ? left : left.filter((name) => !before.includes(name))).toEqual([]);
        }
        if (fault.kind !== 'SIGKILL') stops++;
        if (ended(run) === 'finished') expectSame();
      } catch (error) {
        throw new Error(`${told}: ${error}\n${met.stderr}`, { cause: error });
      }
    }
    if (existsSync(join(run, 'config.yaml'))) {
      const last = await runBuilt(entry, ['resume', run, '--quiet', '--no-serve'], root);
      expect(last.code, last.stderr).toBe(0);
      expectSame();
    }
  });
});
