/** Red, green and blue, each from 0 to 255. */
export type Paint = readonly [red: number, green: number, blue: number];

/** A point in the units of the scene: x to the right, y upwards, from the lower left corner. */
export type ScenePoint = readonly [x: number, y: number];

/** Something to draw; later shapes cover earlier ones. */
export type Shape =
  | { readonly kind: 'polygon'; readonly points: readonly ScenePoint[]; readonly paint: Paint }
  | {
      readonly kind: 'line';
      readonly points: readonly ScenePoint[];
      readonly width: number;
      readonly paint: Paint;
    }
  | { readonly kind: 'disc'; readonly centre: ScenePoint; readonly radius: number; readonly paint: Paint };

/** A picture of an environment as shapes, which a raster or an SVG renderer can draw. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** The colours of all scenes. */
export const paints = {
  ink: [40, 44, 52],
  ground: [120, 128, 140],
  body: [40, 96, 160],
  goal: [46, 139, 87],
  danger: [178, 34, 34],
  joint: [214, 150, 38],
  ice: [225, 238, 247],
  hole: [52, 82, 120],
  pale: [240, 241, 243],
} as const satisfies Record<string, Paint>;

/** A filled rectangle by its lower left corner. */
export function rectangle([x, y]: ScenePoint, width: number, height: number, paint: Paint): Shape {
  const [right, top] = [x + width, y + height];
  return {
    kind: 'polygon',
    paint,
    points: [
      [x, y],
      [right, y],
      [right, top],
      [x, top],
    ],
  };
}

/** A straight line. */
export function line(from: ScenePoint, to: ScenePoint, width: number, paint: Paint): Shape {
  return { kind: 'line', points: [from, to], width, paint };
}

/** A filled disc. */
export function disc(centre: ScenePoint, radius: number, paint: Paint): Shape {
  return { kind: 'disc', centre, radius, paint };
}

/** The cells of a grid with thin gaps between them, row 0 on top; each cell is 1 wide and high. */
export function tiles(height: number, width: number, paintOf: (row: number, column: number) => Paint): Scene {
  const shapes: Shape[] = [rectangle([0, 0], width, height, paints.pale)];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      shapes.push(rectangle([column + 0.02, height - row - 0.98], 0.96, 0.96, paintOf(row, column)));
  return { width, height, shapes };
}

/** The middle of a cell of such a grid. */
export function middleOf(height: number, row: number, column: number): ScenePoint {
  return [column + 0.5, height - row - 0.5];
}
