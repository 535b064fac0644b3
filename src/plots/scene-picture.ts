import type { Scene, ScenePoint, Shape } from '../rl/index.ts';
import { animation } from './film.ts';
import { type Colour, Raster } from './raster.ts';

/** Points of each pixel, in each direction, that decide how much of it a polygon covers. */
const fine = 3;

/** A scene as a picture so many pixels wide. Its height follows. */
export function scenePicture(scene: Scene, width: number): Raster {
  const scale = width / scene.width;
  const raster = new Raster(width, Math.max(1, Math.round(scene.height * scale)));
  const pixel = ([x, y]: ScenePoint): ScenePoint => [x * scale, raster.height - y * scale];
  for (const shape of scene.shapes) draw(raster, shape, pixel, scale);
  return raster;
}

/**
 * Scenes as an animated GIF: thirty pictures a second, as Gymnasium shows most of its environments.
 */
export function sceneAnimation(scenes: readonly Scene[], width: number): Buffer {
  return animation(
    scenes.map((scene) => scenePicture(scene, width)),
    { seconds: 1 / 30 },
  );
}

function draw(raster: Raster, shape: Shape, pixel: (point: ScenePoint) => ScenePoint, scale: number): void {
  if (shape.kind === 'disc') {
    const [x, y] = pixel(shape.centre);
    raster.disc(x - 0.5, y - 0.5, shape.radius * scale, shape.paint);
    return;
  }
  const points = shape.points.map(pixel);
  if (shape.kind === 'polygon') {
    fill(raster, points, shape.paint);
    return;
  }
  for (let i = 1; i < points.length; i++)
    fill(raster, stroke(points[i - 1]!, points[i]!, shape.width * scale), shape.paint);
}

/** The four corners of a straight line of a width. */
function stroke([x1, y1]: ScenePoint, [x2, y2]: ScenePoint, width: number): readonly ScenePoint[] {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const half = Math.max(width, 1) / 2 / length;
  const [across, along] = [(y1 - y2) * half, (x2 - x1) * half];
  return [
    [x1 + across, y1 + along],
    [x2 + across, y2 + along],
    [x2 - across, y2 - along],
    [x1 - across, y1 - along],
  ];
}

/** Fills a polygon by the even-odd rule, with soft edges. */
function fill(raster: Raster, points: readonly ScenePoint[], colour: Colour): void {
  const rows = points.map(([, y]) => y);
  const top = Math.max(0, Math.floor(Math.min(...rows)));
  const bottom = Math.min(raster.height - 1, Math.ceil(Math.max(...rows)));
  const covered = new Uint8Array(raster.width);
  for (let row = top; row <= bottom; row++) {
    covered.fill(0);
    for (let i = 0; i < fine; i++) cover(covered, crossings(points, row + (i + 0.5) / fine));
    for (let column = 0; column < raster.width; column++)
      if (covered[column]! > 0) raster.blend(column, row, colour, covered[column]! / fine ** 2);
  }
}

/** Where the edges of a polygon cross a height, from left to right. */
function crossings(points: readonly ScenePoint[], y: number): number[] {
  const found: number[] = [];
  points.forEach(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length]!;
    if (y1 <= y !== y2 <= y) found.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  });
  return found.sort((a, b) => a - b);
}

/** Counts the fine points between each second pair of crossings. */
function cover(covered: Uint8Array, found: readonly number[]): void {
  const last = covered.length * fine - 1;
  for (let i = 0; i + 1 < found.length; i += 2) {
    const from = Math.max(0, Math.ceil(found[i]! * fine - 0.5));
    const to = Math.min(last, Math.ceil(found[i + 1]! * fine - 0.5) - 1);
    for (let point = from; point <= to; point++) covered[Math.floor(point / fine)]!++;
  }
}
