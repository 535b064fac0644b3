/**
 * The signed distance from a point to the outline of a shape, negative inside. The shape is about
 * the origin, within 1.15 of it, with y upwards; near the outline the distance is exact, which is
 * what smooth edges need.
 */
export type Outline = (x: number, y: number) => number;

/** The outlines by name; their order is the order of the classes. */
export const outlines = {
  circle: (x, y) => Math.hypot(x, y) - 0.95,
  square: (x, y) => box(x, y, 0.8, 0.8),
  triangle,
  diamond: (x, y) => (Math.abs(x) / 0.7 + Math.abs(y) / 1.15 - 1) * ((0.7 * 1.15) / Math.hypot(0.7, 1.15)),
  cross: (x, y) => Math.min(box(x, y, 1, 0.33), box(x, y, 0.33, 1)),
  star,
  ring: (x, y) => Math.abs(Math.hypot(x, y) - 0.7) - 0.28,
  crescent: (x, y) => Math.max(Math.hypot(x, y) - 1, 0.85 - Math.hypot(x - 0.5, y)),
} as const satisfies Record<string, Outline>;

function box(x: number, y: number, halfWidth: number, halfHeight: number): number {
  return Math.max(Math.abs(x) - halfWidth, Math.abs(y) - halfHeight);
}

/** Equilateral, point up: the furthest outside of its three sides. */
function triangle(x: number, y: number): number {
  const slope = Math.sqrt(3) / 2;
  return Math.max(-y, slope * x + y / 2, -slope * x + y / 2) - 0.56;
}

const tip = 1.15;
const halfTurn = Math.PI / 5;
const notchX = 0.5 * Math.cos(halfTurn);
const notchY = 0.5 * Math.sin(halfTurn);
const edge = Math.hypot(tip - notchX, notchY);

/**
 * Five points, one up: folded into half a point, where the outline is one line from the tip to the
 * notch.
 */
function star(x: number, y: number): number {
  const turn = Math.atan2(x, y) / (2 * halfTurn);
  const angle = Math.abs(turn - Math.round(turn)) * 2 * halfTurn;
  const radius = Math.hypot(x, y);
  return ((radius * Math.cos(angle) - tip) * notchY + radius * Math.sin(angle) * (tip - notchX)) / edge;
}
