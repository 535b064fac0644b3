import { expect, it } from 'vitest';
import { disc, line, middleOf, paints, rectangle, tiles } from '../../../src/rl/environments/scene.ts';

it('makes shapes', () => {
  expect(rectangle([1, 2], 3, 4, paints.ink)).toEqual({
    kind: 'polygon',
    paint: paints.ink,
    points: [
      [1, 2],
      [4, 2],
      [4, 6],
      [1, 6],
    ],
  });
  expect(line([0, 0], [1, 1], 0.1, paints.ink)).toMatchObject({ kind: 'line', width: 0.1 });
  expect(disc([1, 1], 2, paints.ink)).toMatchObject({ kind: 'disc', centre: [1, 1], radius: 2 });
});

it('lays tiles with row 0 on top', () => {
  const board = tiles(2, 3, (row, column) => [row, column, 0]);
  expect({ width: board.width, height: board.height }).toEqual({ width: 3, height: 2 });
  expect(board.shapes).toHaveLength(7);
  expect(board.shapes[1]).toMatchObject({ paint: [0, 0, 0] });
  expect(middleOf(2, 0, 0)).toEqual([0.5, 1.5]);
  expect(middleOf(2, 1, 2)).toEqual([2.5, 0.5]);
});
