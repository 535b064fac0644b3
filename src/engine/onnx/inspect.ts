import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withCleanup } from '../../base/index.ts';
import type { Program } from '../program.ts';
import { mapTree, type Tree } from '../tree.ts';
import type { Value } from '../value.ts';
import { prepare } from './runtime/executable.ts';
import { loadRuntime } from './runtime/load-runtime.ts';
import { checkedOptions, type OnnxOptions } from './runtime/options.ts';
import { ProgramCache } from './runtime/program-cache.ts';
import { OnnxSession } from './runtime/session.ts';
import { TensorSpec } from './spec.ts';

/**
 * The ONNX file that a program becomes for tensors of these shapes, to be looked at with any viewer
 * of ONNX.
 */
export function onnxFile(program: Program, state: Tree<Value>, inputs: Tree<Value>): Uint8Array {
  const specs = (tree: Tree<Value>) => mapTree(tree, (value) => new TensorSpec(value));
  return prepare(program, { state: specs(state), inputs: specs(inputs) }).source.bytes;
}

/** What the nodes of one operator and one shape cost in a run. */
export interface Cost {
  readonly operator: string;
  /** The shape of what they make. */
  readonly shape: string;
  readonly count: number;
  /** Milliseconds of all of them together, the mean over the runs. */
  readonly milliseconds: number;
}

/**
 * Runs a program as often as `runs` and reports where the time goes, the slowest first. The state
 * stays as it is.
 */
export async function profile(
  program: Program,
  state: Tree<Value>,
  inputs: Tree<Value>,
  { runs = 20, ...options }: OnnxOptions & { readonly runs?: number } = {},
): Promise<Cost[]> {
  const checked = checkedOptions(options);
  const runtime = await loadRuntime(checked);
  const folder = await mkdtemp(join(tmpdir(), 'weir-profile-'));
  return withCleanup(
    async () => {
      const session = new OnnxSession(
        {
          runtime,
          options: { ...checked, profileTo: join(folder, 'profile') },
          programs: new ProgramCache(),
          closed: () => {},
        },
        state,
      );
      await withCleanup(
        async () => {
          for (let i = 0; i < runs; i++) await session.run(program, inputs);
          await session.endProfiling();
        },
        async () => session.close(),
      );
      const [file] = await readdir(folder);
      return costsOf(JSON.parse(await readFile(join(folder, file!), 'utf8')) as ProfileEvent[], runs);
    },
    () => rm(folder, { recursive: true }),
  );
}

/** An entry of the profile that onnxruntime writes; durations are in microseconds. */
interface ProfileEvent {
  readonly cat: string;
  readonly name: string;
  readonly dur: number;
  readonly args?: {
    readonly op_name?: string;
    readonly output_type_shape?: readonly Record<string, number[]>[];
  };
}

function costsOf(events: readonly ProfileEvent[], runs: number): Cost[] {
  const costs = new Map<string, { operator: string; shape: string; count: number; milliseconds: number }>();
  for (const { cat, name, dur, args } of events) {
    if (cat !== 'Node' || !name.endsWith('_kernel_time')) continue;
    const operator = args?.op_name ?? name;
    const shape = Object.values(args?.output_type_shape?.[0] ?? {})[0]?.join('x') ?? '';
    const key = `${operator} ${shape}`;
    const cost = costs.get(key) ?? { operator, shape, count: 0, milliseconds: 0 };
    cost.count += 1 / runs;
    cost.milliseconds += dur / 1000 / runs;
    costs.set(key, cost);
  }
  return [...costs.values()]
    .map((cost) => ({ ...cost, count: Math.round(cost.count) }))
    .sort((a, b) => b.milliseconds - a.milliseconds);
}

/** Costs as a table for people. */
export function costTable(costs: readonly Cost[], rows = 20): string {
  const total = costs.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const lines = costs.slice(0, rows).map(({ operator, shape, count, milliseconds }) => {
    const share = `${((100 * milliseconds) / total).toFixed(1)} %`;
    return `${operator.padEnd(18)} ${shape.padEnd(18)} ${String(count).padStart(4)} ${milliseconds.toFixed(3).padStart(9)} ms ${share.padStart(7)}`;
  });
  return [
    ...lines,
    `${'all'.padEnd(18)} ${''.padEnd(18)} ${''.padStart(4)} ${total.toFixed(3).padStart(9)} ms`,
  ].join('\n');
}
