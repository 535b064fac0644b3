/** How a picture is moved. */
export interface Warp {
  /** Left to right. */
  readonly mirrored: boolean;
  /** Counter-clockwise, about the centre, after the mirroring. */
  readonly degrees: number;
  /** Whole pixels, after the rotation. */
  readonly down: number;
  readonly right: number;
}

/**
 * Writes a picture, moved, to `out`. Each new pixel is interpolated between the four old ones that
 * it falls between; outside, the nearest pixel of the edge is repeated.
 * @param shape [height, width, channels]
 */
export function warpPicture(
  picture: Float32Array,
  out: Float32Array,
  [height, width, channels]: readonly [number, number, number],
  { mirrored, degrees, down, right }: Warp,
): void {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [midY, midX] = [(height - 1) / 2, (width - 1) / 2];
  const row = (y: number) => Math.min(height - 1, Math.max(0, y));
  const column = (x: number) => {
    const inside = Math.min(width - 1, Math.max(0, x));
    return mirrored ? width - 1 - inside : inside;
  };
  let at = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dy, dx] = [y - down - midY, x - right - midX];
      const fromY = midY + cos * dy + sin * dx;
      const fromX = midX + cos * dx - sin * dy;
      const [top, left] = [Math.floor(fromY), Math.floor(fromX)];
      const [shareY, shareX] = [fromY - top, fromX - left];
      const [upper, lower] = [row(top) * width, row(top + 1) * width];
      const [near, far] = [column(left), column(left + 1)];
      for (let c = 0; c < channels; c++) {
        const pixel = (place: number) => picture[place * channels + c]!;
        // Exact where nothing is rotated: both shares are 0 then.
        const above = (1 - shareX) * pixel(upper + near) + shareX * pixel(upper + far);
        const below = (1 - shareX) * pixel(lower + near) + shareX * pixel(lower + far);
        out[at++] = (1 - shareY) * above + shareY * below;
      }
    }
}
