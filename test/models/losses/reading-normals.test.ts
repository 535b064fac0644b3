import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { type NormalsReading, normalsByAngle, normalsByClass } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

const errorOf = (reading: NormalsReading, read: Value, normals: Value, name: (typeof bothNames)[number]) =>
  compute({ read, normals }, ({ read, normals }) => ({ y: reading.error(read, normals) }), both[name]).y
    .data[0];

/** Directions around the circle. */
const around = (count: number) =>
  Array.from({ length: count }, (_, i) => [
    Math.cos((2 * Math.PI * i) / count),
    Math.sin((2 * Math.PI * i) / count),
    0,
  ]);

describe.each(bothNames)('reading normals on %s', (name) => {
  it('by angle is 1 - cosine', () => {
    const [x, y] = [Value.of([1, 0, 0], [1, 1, 1, 3]), Value.of([0, 1, 0], [1, 1, 1, 3])];
    expect(errorOf(normalsByAngle(), x, y, name)).toBe(1);
  });

  it('by one of forty directions is ln 40 for equal logits', () => {
    const normals = Value.of(around(40).flat(), [1, 8, 5, 3]);
    const reading = normalsByClass(around(40));
    expect([reading.channels, reading.weight]).toEqual([40, 0.1]);
    expect(errorOf(reading, Value.filled([1, 8, 5, 40], 0.3), normals, name)).toBeCloseTo(3.688879, 5);
  });

  it('by class takes the nearest direction', () => {
    const normals = Value.of([0.6, 0.8, 0], [1, 1, 1, 3]);
    const sure = (at: number) =>
      Value.of(
        Array.from({ length: 4 }, (_, i) => (i === at ? 50 : 0)),
        [1, 1, 1, 4],
      );
    expect(errorOf(normalsByClass(around(4)), sure(1), normals, name)).toBeCloseTo(0, 6);
    expect(errorOf(normalsByClass(around(4)), sure(0), normals, name)).toBeCloseTo(50, 4);
  });
});

it.each([
  [[], '0'],
  [[[1, 0, 0]], '1'],
  [
    [
      [1, 0, 0],
      [0, 2, 0],
    ],
    '[0,2,0]',
  ],
  [
    [
      [1, 0, 0],
      [0, 1],
    ],
    '[0,1]',
  ],
])('refuses directions against their rule (%#)', (directions, got) => {
  expect(() => normalsByClass(directions)).toThrow(
    new RangeError(`normalsByClass: directions: expected two or more [x, y, z] of length 1, got ${got}`),
  );
});
