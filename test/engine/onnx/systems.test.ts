import { describe, expect, it } from 'vitest';
import {
  cpuEngine,
  type Engine,
  flattenTree,
  keyOf,
  normals,
  onnxEngine,
  type Tree,
  Value,
} from '../../../src/engine/index.ts';
import type { Batch, System } from '../../../src/models/index.ts';
import { onImages, onPoints } from '../../models/systems/compositions.ts';

const engines = [await cpuEngine(), await onnxEngine()] as const;

type Named = ReadonlyMap<string, Value>;

/** What a player's program tells and what it makes of a state. */
function step(engine: Engine, system: System, player: string, state: Tree<Value>, inputs: Tree<Value>) {
  const session = engine.open(state);
  const outputs = session.run(system.programs[player]!, inputs) as Tree<Value>;
  const next = session.read();
  session.close();
  return { outputs: flattenTree(outputs) as Named, next };
}

const difference = (a: Value['data'], b: Value['data']) => Float32Array.from(a, (x, i) => x - b[i]!);

const largest = (numbers: Iterable<number>) =>
  [...numbers].reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/**
 * The change of a state by plain descent is the gradient times the rate. It is compared with the
 * largest change of all, beside what rounding of the tensor itself takes: the gradient of a bias
 * before batch normalisation, for one, is zero and rounding.
 */
function expectSameChange(before: Named, expected: Named, got: Named, player: string): void {
  const changes = [...expected].map(([path, { data }]) => largest(difference(data, before.get(path)!.data)));
  for (const [path, { data }] of expected)
    expect(largest(difference(data, got.get(path)!.data)), `${player}: ${path}`).toBeLessThanOrEqual(
      1e-5 * largest(changes) + 2 ** -22 * largest(data),
    );
}

function batchOf(shape: readonly number[], index: number): Batch {
  const labels = Int32Array.from({ length: shape[0]! }, (_, i) => (i + index) % 3);
  return {
    examples: normals(keyOf(2, 'batch', index), shape, 0.5),
    labels: new Value('int32', [shape[0]!], labels),
  };
}

describe.each([
  ...Object.entries(onPoints).map(([name, system]) => [name, system, [8, 2]] as const),
  ...Object.entries(onImages).map(([name, system]) => [name, system, [4, 16, 16, 1]] as const),
])('%s', (_, system, shape) => {
  it('has the same losses within 1e-6 and gradients within 1e-5 as on the cpu engine, three times', () => {
    let state = system.init(keyOf(3, 'init'));
    for (let index = 0; index < 3; index++) {
      for (const player of system.players) {
        const inputs = system.inputs(
          { index, player, batch: batchOf(shape, index) },
          keyOf(4, player, index),
        );
        const [expected, got] = engines.map((engine) => step(engine, system, player, state, inputs));
        for (const [name, { data }] of expected!.outputs)
          expect(
            Math.abs(got!.outputs.get(name)!.data[0]! - data[0]!),
            `${player} ${name}`,
          ).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(data[0]!)));
        expectSameChange(flattenTree(state), flattenTree(expected!.next), flattenTree(got!.next), player);
        state = expected!.next;
      }
    }
  });
});
