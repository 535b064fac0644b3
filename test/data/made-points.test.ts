import { describe, expect, it } from 'vitest';
import { madePoints, type PointsForm } from '../../src/data/made-points.ts';

const form: PointsForm = { name: 'test', version: 1, seed: 3, constants: {} };
const raw = (seed: number) =>
  madePoints({ ...form, seed }, (_, normalX, normalY, out, at) => {
    out[at] = normalX;
    out[at + 1] = normalY;
    return 0;
  });

describe('madePoints', () => {
  it('makes each point from the seed and its index alone, whatever is read with it', () => {
    const all = raw(3).read([0, 1, 2, 3, 4, 5, 6, 7]).examples.data;
    expect([...raw(3).read([5, 2, 5]).examples.data]).toEqual([
      ...all.subarray(10, 12),
      ...all.subarray(4, 6),
      ...all.subarray(10, 12),
    ]);
  });

  it('makes other points of another seed and of another name', () => {
    const other = madePoints({ ...form, name: 'other' }, (_, x, y, out, at) => {
      out[at] = x;
      out[at + 1] = y;
      return 0;
    });
    const first = [...raw(3).read([0]).examples.data];
    expect([...raw(4).read([0]).examples.data]).not.toEqual(first);
    expect([...other.read([0]).examples.data]).not.toEqual(first);
  });

  it('hands the rule two independent standard normal numbers and a uniform one', () => {
    const count = 20_000;
    const uniforms: number[] = [];
    const points = madePoints(form, (uniform, x, y, out, at) => {
      uniforms.push(uniform);
      out[at] = x;
      out[at + 1] = y;
      return 0;
    });
    const { data } = points.read(Array.from({ length: count }, (_, i) => i)).examples;
    const mean = (f: (x: number, y: number) => number) => {
      let sum = 0;
      for (let i = 0; i < data.length; i += 2) sum += f(data[i]!, data[i + 1]!);
      return sum / count;
    };
    // Five standard errors of each estimate.
    expect(Math.abs(mean((x) => x))).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(mean((x, y) => x * y))).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(mean((x) => x * x) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    expect(Math.abs(mean((_, y) => y ** 4) - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
    const average = uniforms.reduce((sum, u) => sum + u, 0) / count;
    expect(Math.abs(average - 0.5)).toBeLessThan(5 / Math.sqrt(12 * count));
    expect(uniforms.every((u) => u >= 0 && u < 1)).toBe(true);
  });

  it('has labels only where it has classes', () => {
    const labelled = madePoints({ ...form, classes: ['a', 'b'] }, () => 1);
    expect([...labelled.read([0, 1]).labels!.data]).toEqual([1, 1]);
    expect(labelled.read([0, 1]).labels).toMatchObject({ dtype: 'int32', shape: [2] });
    expect(raw(3).read([0])).not.toHaveProperty('labels');
    expect(raw(3)).not.toHaveProperty('classes');
  });

  it('refuses a bad seed and a bad index', () => {
    expect(() => raw(-1)).toThrow('seed: expected a whole number from 0, got -1');
    expect(() => raw(1).read([0.5])).toThrow('test: expected an index from 0, got 0.5');
  });
});
