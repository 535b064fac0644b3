import { describe, expect, it } from 'vitest';
import { flattenTree, type Tree, Value } from '../../../src/engine/index.ts';
import { type Batch, type System, type Trainer, train } from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, engines, noise } from '../support.ts';

/** One step of each player, over and over. */
function step(trainer: Trainer, batchAt: (index: number) => Batch): StepEvent {
  const { index, system } = trainer;
  const player = system.players[index % system.players.length]!;
  return trainer.step({ index, player, batch: batchAt(index) }) as StepEvent;
}

/** The worst difference of two states, as a share of 1 + |value|. */
function worst(left: Tree<Value>, right: Tree<Value>): number {
  const others = flattenTree(right);
  let most = 0;
  for (const [path, { data }] of flattenTree(left)) {
    const other = others.get(path)!.data;
    data.forEach((x, i) => {
      most = Math.max(most, Math.abs(x - other[i]!) / (1 + Math.abs(x)));
    });
  }
  return most;
}

/**
 * What every system must keep. Its optimisers should be SGD: the first steps of Adam are signs, so
 * that weights whose gradient is next to zero move by chance.
 */
export function systemLaws(make: () => System, batchAt: (index: number) => Batch = pointsAt): void {
  describe('keeps the laws of a system:', () => {
    it('the compiled engine and the reference agree in losses and in all that is learned', () => {
      const [cpu, onnx] = (['cpu', 'onnx'] as const).map((name) => {
        const trainer = train(make(), both[name], { seed: 3 });
        const events = Array.from({ length: 2 * trainer.system.players.length }, () =>
          step(trainer, batchAt),
        );
        const { tensors } = trainer.save();
        trainer.close();
        return { events, tensors };
      });
      cpu!.events.forEach(({ values }, i) => {
        for (const [name, value] of Object.entries(values))
          expect(Math.abs(onnx!.events[i]!.values[name]! - value), name).toBeLessThan(
            1e-5 * (1 + Math.abs(value)),
          );
      });
      expect(worst(cpu!.tensors, onnx!.tensors)).toBeLessThan(1e-5);
    });

    it('goes on to the same bits from what was saved', () => {
      const whole = train(make(), both.onnx, { seed: 4 });
      const half = train(make(), both.onnx, { seed: 4 });
      const steps = 2 * whole.system.players.length + 1;
      for (let i = 0; i < steps; i++) step(whole, batchAt);
      for (let i = 0; i < 2; i++) step(half, batchAt);
      const other = train(make(), both.onnx, { seed: 4 });
      other.restore(half.save());
      for (let i = 2; i < steps; i++) step(other, batchAt);
      expect(other.save()).toEqual(whole.save());
      for (const trainer of [whole, half, other]) trainer.close();
    });

    it('lets every player change what it trains', () => {
      const trainer = train(make(), both.onnx, { seed: 5 });
      for (const player of trainer.system.players) {
        const before = trainer.save().tensors;
        const { index } = trainer;
        trainer.step({ index, player, batch: batchAt(index) });
        expect(worst(before, trainer.save().tensors), player).toBeGreaterThan(0);
      }
      trainer.close();
    });

    it('holds no tensor beyond its state', async () => {
      const engine = engines.cpu;
      const before = engine.memory();
      const trainer = train(make(), engine);
      const opened = engine.memory();
      for (let i = 0; i < 2 * trainer.system.players.length; i++) step(trainer, batchAt);
      await trainer.sample(3);
      expect(engine.memory()).toEqual(opened);
      trainer.close();
      expect(engine.memory()).toEqual(before);
    });

    it('draws samples of the shape of its examples', async () => {
      const trainer = train(make(), both.onnx);
      const samples = await trainer.sample(3);
      expect(samples.shape).toEqual([3, ...batchAt(0).examples.shape.slice(1)]);
      trainer.close();
    });
  });
}

/** Eight points of the plane, of two classes. */
export function pointsAt(index: number): Batch {
  const labels = new Value(
    'int32',
    [8],
    Int32Array.from({ length: 8 }, (_, i) => i % 2),
  );
  return { examples: noise(`points ${index}`, [8, 2]), labels };
}
