import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../../src/checkpoint/index.ts';
import { flattenTree, type Tree, type Value } from '../../../src/engine/index.ts';
import { type Batch, type System, type Trainer, train } from '../../../src/models/index.ts';
import type { PhasedSchedule, StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames } from '../support.ts';

/** What a system of phases must keep. */
export interface PhaseLaws {
  make(): System;
  readonly plan: PhasedSchedule;
  batchAt(index: number): Batch;
  /** The networks that each player trains, by its name. */
  readonly trains: Readonly<Record<string, readonly string[]>>;
}

/** The paths of the leaves that differ. */
function changed(before: Tree<Value>, after: Tree<Value>): string[] {
  const others = flattenTree(after);
  return [...flattenTree(before)]
    .filter(([path, { data }]) => data.some((x, i) => x !== others.get(path)!.data[i]))
    .map(([path]) => path);
}

const file = (trainer: Trainer) => Buffer.concat(encode(trainer.save()));
const sha256 = (trainer: Trainer) => createHash('sha256').update(file(trainer)).digest('hex');

/**
 * The laws of systems whose networks learn in phases: what rests rests, and a border is no seam.
 */
export function phaseLaws({ make, plan, batchAt, trains }: PhaseLaws): void {
  const go = (trainer: Trainer, to: number) => {
    while (trainer.index < to) {
      const { index } = trainer;
      trainer.step({ index, batch: batchAt(index), ...plan.moveAt(index) }) as StepEvent;
    }
  };
  const fresh = (name: (typeof bothNames)[number] = 'onnx') =>
    train(make(), both[name], { seed: 4, plan: plan.text });

  describe('keeps the laws of phases:', () => {
    it.each(bothNames)('all that a player does not train stays as it is, to the bit, on %s', (name) => {
      const trainer = fresh(name);
      expect(Object.keys(trains).sort()).toEqual([...trainer.system.players].sort());
      for (const player of trainer.system.players) {
        const before = trainer.save().tensors;
        const { index } = trainer;
        trainer.step({ index, player, batch: batchAt(index) });
        const own = [
          ...trains[player]!.flatMap((network) => [`${network}/`, `average/${network}/`]),
          `optimizer/${player}/`,
          'marks/',
        ];
        const moved = changed(before, trainer.save().tensors);
        expect(moved.length, player).toBeGreaterThan(0);
        expect(
          moved.filter((path) => !own.some((head) => path.startsWith(head))),
          player,
        ).toEqual([]);
      }
      trainer.close();
    });

    const borders = plan.starts.slice(1);
    const end = borders.at(-1)! + 4;
    it(`goes on to an equal file from one step before, at and after the borders ${borders}`, () => {
      const stops = borders.flatMap((border) => [border - 1, border, border + 1]);
      const whole = fresh();
      const saved = stops.map((stop) => {
        go(whole, stop);
        return file(whole);
      });
      go(whole, end);
      const expected = sha256(whole);
      whole.close();
      // One trainer for all of them: its programs are compiled once, and nothing of a restored
      // state stays.
      const other = fresh();
      saved.forEach((bytes, i) => {
        other.restore(decode(bytes));
        go(other, end);
        expect(sha256(other), `stopped at ${stops[i]}`).toBe(expected);
      });
      other.close();
    });

    it('draws the same samples again, in every phase, and changes nothing by it', async () => {
      const trainer = fresh();
      for (const border of [...plan.starts, end]) {
        go(trainer, border);
        const before = sha256(trainer);
        const samples = await trainer.sample(3, 5);
        expect(await trainer.sample(3, 5)).toEqual(samples);
        expect(samples.data.every(Number.isFinite)).toBe(true);
        expect(sha256(trainer)).toBe(before);
      }
      trainer.close();
    });
  });
}
