import { describe, expect, it } from 'vitest';
import { type Engine, flattenTree, Value } from '../../../src/engine/index.ts';
import { type System, train } from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, engines, expectClose, noise } from '../support.ts';
import { onImages, onPoints } from './compositions.ts';

const shapes = { points: [8, 2], images: [4, 16, 16, 1] };
const all = [
  ...Object.entries(onPoints).map(([name, system]) => [name, 'points', system] as const),
  ...Object.entries(onImages).map(([name, system]) => [name, 'images', system] as const),
];

/** A step of the player that moves at an index. */
function step(kind: keyof typeof shapes, index: number) {
  const examples = noise(`batch ${index}`, shapes[kind], 0.5);
  const labels = new Value(
    'int32',
    [shapes[kind][0]!],
    Int32Array.from({ length: shapes[kind][0]! }, (_, i) => (i + index) % 3),
  );
  return { index, player: index % 2 === 0 ? 'critic' : 'generator', batch: { examples, labels } };
}

/**
 * The events of the first turns on an engine, and the state after two of them and after the last.
 */
function course(system: System, engine: Engine, kind: keyof typeof shapes, steps: number) {
  const trainer = train(system, engine, { seed: 4 });
  const learn = (index: number) => trainer.step(step(kind, index)) as StepEvent;
  const events = [learn(0), learn(1)];
  const half = trainer.save();
  for (let index = 2; index < steps; index++) events.push(learn(index));
  const whole = trainer.save();
  trainer.close();
  return { events, half, whole };
}

describe.each(all)('%s', (name, kind, system) => {
  it('does the same compiled as by the reference, and goes on after a restore as if it had never stopped', () => {
    const [reference, compiled] = [course(system, both.cpu, kind, 2), course(system, both.onnx, kind, 4)];
    for (const [i, { values }] of reference.events.entries())
      for (const [gauge, value] of Object.entries(values))
        expect(compiled.events[i]!.values[gauge], gauge).toBeCloseTo(value, 3);
    const after = flattenTree(compiled.half.tensors);
    for (const [path, value] of flattenTree(reference.half.tensors)) {
      expect(after.get(path)!.shape, path).toEqual(value.shape);
      expectClose(after.get(path)!, value, 1e-3);
    }
    const trainer = train(system, both.onnx, { seed: 4 });
    trainer.restore(compiled.half);
    for (const index of [2, 3]) trainer.step(step(kind, index));
    expect(trainer.save()).toEqual(compiled.whole);
    trainer.close();
  });

  it.runIf(kind === 'points')('leaves no tensor behind', () => {
    const before = engines.wasm.memory();
    const trainer = train(system, engines.wasm, { seed: 4 });
    const opened = engines.wasm.memory();
    for (const index of [0, 1, 2, 3]) trainer.step(step(kind, index));
    expect(engines.wasm.memory()).toEqual(opened);
    trainer.close();
    expect(engines.wasm.memory(), name).toEqual(before);
  });
});
