import { describe, expect, it } from 'vitest';
import { linePlot } from '../../src/plots/index.ts';
import { axis } from '../../src/plots/line-plot.ts';

const labels = { title: 'a < b', x: 'layer', y: 'norm' };

/** The d attributes of the lines themselves. */
const paths = (svg: string) => [...svg.matchAll(/<path d="([^"]*)" fill="none"/g)].map((match) => match[1]);

describe('axis', () => {
  it.each([
    [
      [0, 6],
      ['0', '1', '2', '3', '4', '5', '6'],
    ],
    [
      [0, 9],
      ['0', '2', '4', '6', '8'],
    ],
    [
      [-20, 7],
      ['-20', '-15', '-10', '-5', '0', '5'],
    ],
    [
      [5, 5],
      ['5', '5.2', '5.4', '5.6', '5.8', '6'],
    ],
  ])('marks round values of %j', (values, texts) => {
    expect(axis(values, 10, 20).ticks.map(({ text }) => text)).toEqual(texts);
  });

  it('lays the least value at the one end and the greatest at the other', () => {
    const { place, ticks } = axis([3, 1, 5], 100, 0);
    expect([1, 2, 5].map(place)).toEqual([100, 75, 0]);
    expect(ticks[0]).toEqual({ at: 100, text: '1' });
  });
});

describe('linePlot', () => {
  it('draws each line from edge to edge, upwards for more', () => {
    const line = {
      name: 'up',
      points: [
        [0, 0],
        [1, 5],
        [2, 10],
      ] as const,
    };
    expect(paths(linePlot([line], labels))).toEqual(['M64.0 368.0L277.0 204.0L490.0 40.0']);
  });

  it('leaves a gap where a value is not finite', () => {
    const line = {
      name: 'gap',
      points: [
        [0, 0],
        [1, -Infinity],
        [2, 2],
        [3, Number.NaN],
        [4, 4],
      ] as const,
    };
    const [path] = paths(linePlot([line], labels));
    expect(path!.match(/M/g)).toHaveLength(3);
    expect(path).not.toMatch(/NaN|Infinity/);
  });

  it('names lines and axes, with nothing that breaks XML', () => {
    const svg = linePlot(
      [
        {
          name: 'x & y',
          points: [
            [0, 1],
            [1, 2],
          ],
        },
      ],
      labels,
    );
    expect(svg).toContain('a &#60; b');
    expect(svg).toContain('x &#38; y');
    expect(svg).toContain('>layer<');
    expect(svg).toContain('>norm<');
  });

  it('marks round numbers on both axes', () => {
    const svg = linePlot(
      [
        {
          name: 'l',
          points: [
            [0, -20],
            [12, 7],
          ],
        },
      ],
      labels,
    );
    for (const tick of ['0', '2', '12', '-20', '-10', '5']) expect(svg).toContain(`>${tick}<`);
  });

  it('draws a flat line, and refuses nothing at all', () => {
    expect(
      paths(
        linePlot(
          [
            {
              name: 'flat',
              points: [
                [1, 3],
                [2, 3],
              ],
            },
          ],
          labels,
        ),
      )[0],
    ).not.toMatch(/NaN/);
    expect(() => linePlot([{ name: 'none', points: [[1, Number.NaN]] }], labels)).toThrow(
      'linePlot: expected at least one finite point, got none',
    );
  });
});
