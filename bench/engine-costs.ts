/**
 * What the compiled engine costs beside its steps: compiling, memory, and the fixed part of a run.
 * Run it with `npx tsx bench/engine-costs.ts`.
 */
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { type Engine, onnxEngine, type Program, type Tree, Value } from '../src/engine/index.ts';
import { workloads } from './engine-workloads.ts';
import { markdown } from './table.ts';

/** Something measured beside what it may be. */
export interface Cost {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Of the processor, which other load on the machine does not count into. */
async function milliseconds(work: () => unknown): Promise<number> {
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

/**
 * From a program to its first result, less a second result: recording it twice, the passes, and
 * loading.
 */
async function compileTime(engine: Engine, number: string, player: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const { state, programs, inputs } = workloads[number]!();
    const session = engine.open(state);
    const first = await milliseconds(() => session.run(programs[player]!, inputs(0)));
    times.push(first - (await milliseconds(() => session.run(programs[player]!, inputs(0)))));
    session.close();
  }
  return median(times);
}

/** Resident memory in megabytes after so many steps, at several places. */
async function memory(
  engine: Engine,
  number: string,
  player: string,
  at: readonly number[],
): Promise<number[]> {
  const { state, programs, inputs } = workloads[number]!();
  const session = engine.open(state);
  const input = inputs(0);
  const sizes: number[] = [];
  for (let step = 1; step <= at.at(-1)!; step++) {
    await session.run(programs[player]!, input);
    if (at.includes(step)) sizes.push(process.memoryUsage.rss() / 1e6);
  }
  session.close();
  return sizes;
}

/**
 * Each of so many tensors is one number, and so is what is done to it: what remains is the cost of
 * running.
 */
function nothingMuch(tensors: number): { program: Program; state: Tree<Value> } {
  const names = Array.from({ length: tensors }, (_, i) => `t${i}`);
  const program: Program = {
    name: 'nothing much',
    run: (state) => ({
      state: Object.fromEntries(names.map((name) => [name, tf.neg(state[name] as tf.Tensor)])),
      outputs: {},
    }),
  };
  return { program, state: Object.fromEntries(names.map((name) => [name, Value.scalar(1)])) };
}

async function overhead(engine: Engine, tensors: number): Promise<number> {
  const { program, state } = nothingMuch(tensors);
  const session = engine.open(state);
  const times: number[] = [];
  const hundred = async () => {
    for (let i = 0; i < 100; i++) await session.run(program, {});
  };
  for (let round = 0; round < 40; round++) times.push((await milliseconds(hundred)) / 100);
  session.close();
  return median(times.slice(5));
}

/** Measures all of them on one thread. */
export async function benchCosts(): Promise<Cost[]> {
  const engine = await onnxEngine();
  const compile = await compileTime(engine, '4', 'critic');
  const grown = [await compileTime(engine, '7', 'critic'), await compileTime(engine, '7', 'generator')];
  const small = await memory(engine, '2', 'critic', [200, 1000, 2000]);
  const large = await memory(engine, '4', 'critic', [20, 100, 200]);
  const run = [await overhead(engine, 20), await overhead(engine, 60)];
  const list = (sizes: readonly number[]) => `${sizes.map((size) => size.toFixed(0)).join(', ')} MB`;
  return [
    { what: 'compiling (4), critic', measured: `${compile.toFixed(0)} ms`, budget: 'under 1 s' },
    ...['critic', 'generator'].map((player, i) => ({
      what: `compiling (7), ${player}`,
      measured: `${grown[i]!.toFixed(0)} ms`,
      budget: 'both under 2 s',
    })),
    { what: 'resident after 200, 1,000, 2,000 steps of (2), critic', measured: list(small), budget: 'flat' },
    { what: 'resident after 20, 100, 200 steps of (4), critic', measured: list(large), budget: 'flat' },
    { what: 'a run with 20 tensors of state', measured: `${run[0]!.toFixed(3)} ms`, budget: '' },
    { what: 'a run with 60 tensors of state', measured: `${run[1]!.toFixed(3)} ms`, budget: 'under 0.2 ms' },
  ];
}

/** The costs as a Markdown table. */
export function costsTable(costs: readonly Cost[]): string {
  return markdown(
    ['what', 'measured:', 'budget'],
    costs.map(({ what, measured, budget }) => [what, measured, budget]),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.log(costsTable(await benchCosts()));
