import {
  disc,
  line,
  middleOf,
  type Paint,
  paints,
  rectangle,
  type Scene,
  type ScenePoint,
  tiles,
} from './scene.ts';
import { fareOf, stands, walls } from './taxi-map.ts';

/** The car on its hills, the flag at the goal. */
export function carScene(position: number, goal: number): Scene {
  const at = (x: number): ScenePoint => [x + 1.2, 0.1 + 0.45 * Math.sin(3 * x) + 0.45];
  const hills = Array.from({ length: 91 }, (_, i) => at(-1.2 + i * 0.02));
  const [x, y] = at(position);
  const [flagX, flagY] = at(goal);
  // The slope of the hill decides how the car leans.
  const slope = 1.35 * Math.cos(3 * position);
  const [cos, sin] = [1 / Math.hypot(1, slope), slope / Math.hypot(1, slope)];
  const place = (along: number, up: number): ScenePoint => [
    x + along * cos - up * sin,
    y + along * sin + up * cos,
  ];
  return {
    width: 1.8,
    height: 1.2,
    shapes: [
      { kind: 'polygon', points: [...hills, [1.8, 0], [0, 0]], paint: paints.pale },
      { kind: 'line', points: hills, width: 0.012, paint: paints.ground },
      line([flagX, flagY], [flagX, flagY + 0.16], 0.01, paints.ink),
      {
        kind: 'polygon',
        points: [
          [flagX, flagY + 0.16],
          [flagX + 0.08, flagY + 0.135],
          [flagX, flagY + 0.11],
        ],
        paint: paints.goal,
      },
      {
        kind: 'polygon',
        points: [place(-0.06, 0.02), place(0.06, 0.02), place(0.045, 0.075), place(-0.045, 0.075)],
        paint: paints.body,
      },
      disc(place(-0.035, 0.022), 0.02, paints.ink),
      disc(place(0.035, 0.022), 0.02, paints.ink),
    ],
  };
}

/** The cart on its track, and the pole. */
export function poleScene(x: number, angle: number): Scene {
  const [middle, top] = [x + 2.4, 0.55];
  const tip: ScenePoint = [middle + Math.sin(angle), top + Math.cos(angle)];
  return {
    width: 4.8,
    height: 2,
    shapes: [
      line([0, 0.4], [4.8, 0.4], 0.02, paints.ground),
      rectangle([middle - 0.25, 0.4], 0.5, 0.25, paints.body),
      line([middle, top], tip, 0.09, paints.joint),
      disc([middle, top], 0.05, paints.ink),
    ],
  };
}

/** Links of length 1 from the middle of the scene on; angles from hanging, counter-clockwise. */
export function linksScene(angles: readonly number[], bar?: number): Scene {
  const reach = angles.length + 0.2;
  let at: ScenePoint = [reach, reach];
  const shapes: Scene['shapes'][number][] = [];
  if (bar !== undefined) shapes.push(line([0, reach + bar], [2 * reach, reach + bar], 0.02, paints.goal));
  for (const angle of angles) {
    const next: ScenePoint = [at[0] + Math.sin(angle), at[1] - Math.cos(angle)];
    shapes.push(line(at, next, 0.16, paints.body), disc(at, 0.09, paints.joint));
    at = next;
  }
  shapes.push(disc(at, 0.09, paints.joint));
  return { width: 2 * reach, height: 2 * reach, shapes };
}

/** An agent on a grid whose cells are letters: S start, F free, H hole, C cliff, G goal. */
export function gridScene(rows: readonly string[], cell: number): Scene {
  const width = rows[0]!.length;
  const colours: Record<string, Paint> = {
    F: paints.ice,
    S: [205, 214, 224],
    H: paints.hole,
    C: paints.danger,
    G: paints.goal,
  };
  const board = tiles(rows.length, width, (row, column) => colours[rows[row]![column]!]!);
  const place = middleOf(rows.length, Math.floor(cell / width), cell % width);
  return { ...board, shapes: [...board.shapes, disc(place, 0.3, paints.joint)] };
}

/** The taxi, its stands, the walls, and the passenger (small) on his way to the ring. */
export function taxiScene(number: number): Scene {
  const { row, column, passenger, destination } = fareOf(number);
  const colours: readonly Paint[] = [paints.danger, paints.goal, [226, 190, 40], paints.body];
  const board = tiles(5, 5, (r, c) => {
    const stand = stands.findIndex(([standRow, standColumn]) => r === standRow && c === standColumn);
    return stand < 0 ? [228, 230, 234] : colours[stand]!;
  });
  const barriers = walls.flatMap((gaps, r) =>
    gaps.flatMap((wall, c) => (wall ? [line([c + 1, 4 - r], [c + 1, 5 - r], 0.08, paints.ink)] : [])),
  );
  const [goalX, goalY] = middleOf(5, ...stands[destination]!);
  const cab = middleOf(5, row, column);
  const rider = passenger < 4 ? middleOf(5, ...stands[passenger]!) : cab;
  const shapes = [
    ...board.shapes,
    ...barriers,
    disc([goalX, goalY], 0.42, paints.pale),
    disc([goalX, goalY], 0.34, colours[destination]!),
    rectangle([cab[0] - 0.3, cab[1] - 0.2], 0.6, 0.4, passenger < 4 ? paints.ink : paints.joint),
    disc(rider, 0.14, paints.pale),
    disc(rider, 0.1, paints.ink),
  ];
  return { ...board, shapes };
}
