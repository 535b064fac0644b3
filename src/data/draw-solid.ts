/** A direction of length 1: to the right, upwards, towards the viewer. */
export type Direction = readonly [x: number, y: number, z: number];

/** Where the light of `scenes` comes from: above, to the left, in front. */
export const sceneLight: Direction = [-0.5, 0.5, Math.SQRT1_2];
/** The normal of the wall behind the solid. */
const wallNormal: Direction = [0, 0, 1];
/** The share of an albedo that is seen in full shadow. */
const ambient = 0.25;

/**
 * The normal of a solid's surface at a point of the image, seen from the front; undefined beside
 * it. The solid is about the origin and fits into a circle of radius 1; y is upwards.
 */
export type Solid = (x: number, y: number) => Direction | undefined;

/** The solids by name; their order is the order of the classes. */
export const solids = { sphere, cylinder, pyramid, torus } as const satisfies Record<string, Solid>;

/** The light that a surface of this normal reflects, as a share of its albedo: 0.25 to 1. */
export function shadeOf([x, y, z]: Direction): number {
  const [lightX, lightY, lightZ] = sceneLight;
  return ambient + (1 - ambient) * Math.max(0, x * lightX + y * lightY + z * lightZ);
}

function sphere(x: number, y: number): Direction | undefined {
  const square = x * x + y * y;
  return square < 1 ? [x, y, Math.sqrt(1 - square)] : undefined;
}

const halfLength = 0.8;
const tubeRadius = 0.6;

/** Lies on the wall, its axis along x. */
function cylinder(x: number, y: number): Direction | undefined {
  const across = y / tubeRadius;
  if (Math.abs(x) > halfLength || Math.abs(across) >= 1) return undefined;
  return [0, across, Math.sqrt(1 - across * across)];
}

const halfSide = Math.SQRT1_2;
const slope = Math.SQRT1_2;

/** Square, its top towards the viewer: four faces at 45 degrees. */
function pyramid(x: number, y: number): Direction | undefined {
  const [width, height] = [Math.abs(x), Math.abs(y)];
  if (Math.max(width, height) > halfSide) return undefined;
  return width > height ? [Math.sign(x) * slope, 0, slope] : [0, (Math.sign(y) || 1) * slope, slope];
}

const ring = 0.68;
const thickness = 0.32;

/** Lies on the wall, its hole towards the viewer. */
function torus(x: number, y: number): Direction | undefined {
  const radius = Math.hypot(x, y);
  const across = (radius - ring) / thickness;
  if (Math.abs(across) >= 1) return undefined;
  return [(x / radius) * across, (y / radius) * across, Math.sqrt(1 - across * across)];
}

/** One solid on a wall. Lengths are in sides of the image, y downwards. */
export interface SolidScene {
  readonly solid: keyof typeof solids;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** In radians, anticlockwise. */
  readonly rotation: number;
  /** Red, green and blue that the solid reflects in full light, 0 to 1. */
  readonly albedo: Direction;
  /** That of the wall, a grey. */
  readonly wall: number;
}

/** Where `drawSolid` writes: each array from the place of its image on. */
export interface SolidPixels {
  /** [side, side, 3] in [-1, 1]. */
  readonly image: Float32Array;
  /** [side, side, 3], each of length 1. */
  readonly normals: Float32Array;
  /** [side, side, 1]: 1 on the solid, 0 on the wall. */
  readonly mask: Float32Array;
}

/** Draws a scene as one sample at each pixel's centre, so that shade and normal fit exactly. */
export function drawSolid(scene: SolidScene, side: number, { image, normals, mask }: SolidPixels): void {
  const solid: Solid = solids[scene.solid];
  const [cosine, sine] = [Math.cos(scene.rotation), Math.sin(scene.rotation)];
  for (let pixel = 0; pixel < side * side; pixel++) {
    const x = (((pixel % side) + 0.5) / side - scene.x) / scene.radius;
    const y = (scene.y - (Math.floor(pixel / side) + 0.5) / side) / scene.radius;
    const own = solid(cosine * x + sine * y, cosine * y - sine * x);
    const normal: Direction = own
      ? [cosine * own[0] - sine * own[1], sine * own[0] + cosine * own[1], own[2]]
      : wallNormal;
    mask[pixel] = own ? 1 : 0;
    const shade = shadeOf(normal);
    for (let channel = 0; channel < 3; channel++) {
      normals[3 * pixel + channel] = normal[channel]!;
      image[3 * pixel + channel] = 2 * shade * (own ? scene.albedo[channel]! : scene.wall) - 1;
    }
  }
}
