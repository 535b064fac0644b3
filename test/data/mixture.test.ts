import { describe, expect, it } from 'vitest';
import { mixture, type Point } from '../../src/data/mixture.ts';

const centres: Point[] = [
  [-3, 1],
  [0, 0],
  [2, -5],
];

describe('mixture', () => {
  const dataset = mixture('three', centres, 0.1, 11);
  const count = 9_000;
  const { examples, labels } = dataset.read(Array.from({ length: count }, (_, i) => i));

  it('draws every mode as often', () => {
    const counts = [0, 0, 0];
    for (const label of labels!.data) counts[label]!++;
    // Five standard errors of a count.
    for (const hits of counts)
      expect(Math.abs(hits - count / 3)).toBeLessThan(5 * Math.sqrt((count * 2) / 9));
  });

  it('puts each point about the centre that its label names, with the deviation', () => {
    let squares = 0;
    labels!.data.forEach((label, i) => {
      const [x, y] = centres[label]!;
      const distance = Math.hypot(examples.data[2 * i]! - x, examples.data[2 * i + 1]! - y);
      expect(distance).toBeLessThan(0.7);
      squares += distance ** 2;
    });
    expect(Math.sqrt(squares / (2 * count))).toBeCloseTo(0.1, 2);
  });

  it('has its centres, its deviation and its classes', () => {
    expect(dataset).toMatchObject({
      name: 'three',
      kind: 'points',
      size: Infinity,
      shape: [2],
      deviation: 0.1,
    });
    expect(dataset.centres).toEqual(centres);
    expect(dataset.classes).toEqual(['0', '1', '2']);
  });

  it('has another fingerprint with other centres or another deviation', () => {
    const prints = [dataset, mixture('three', centres, 0.2, 11), mixture('three', centres.slice(1), 0.1, 11)];
    expect(new Set(prints.map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });
});
