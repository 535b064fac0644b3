import { drawText, letter } from './letters.ts';
import { axis, drawable, type Line, lineColours } from './line-plot.ts';
import { type Colour, Raster } from './raster.ts';

/** Lines over common axes, under a title. */
export interface Panel {
  readonly title: string;
  readonly lines: readonly Line[];
}

const panel = { width: 440, height: 260 } as const;
const frame = { left: 58, right: 14, top: 26, bottom: 26 } as const;
const [ink, grid]: readonly Colour[] = [
  [51, 51, 51],
  [221, 221, 221],
];

/**
 * Plots beside each other as one picture, two in a row, with the names of the lines below: what
 * `linePlot` draws, where a PNG is wanted. A panel without a finite point says so.
 */
export function linePanels(panels: readonly Panel[]): Raster {
  const names = [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))];
  const across = Math.min(2, Math.max(1, panels.length));
  const down = Math.ceil(panels.length / across);
  const raster = new Raster(across * panel.width, down * panel.height + 14 * names.length + 12);
  panels.forEach((each, i) => {
    drawPanel(raster, each, (i % across) * panel.width, Math.floor(i / across) * panel.height, names);
  });
  names.forEach((name, i) => {
    const y = down * panel.height + 6 + 14 * i;
    stroke(raster, frame.left, y + 4, frame.left + 18, y + 4, colourOf(i));
    drawText(raster, frame.left + 26, y, name, ink!);
  });
  return raster;
}

function drawPanel(
  raster: Raster,
  { title, lines }: Panel,
  left: number,
  top: number,
  names: readonly string[],
): void {
  drawText(raster, left + frame.left, top + 8, title, ink!);
  const points = lines.flatMap((line) => line.points.filter(drawable));
  if (points.length === 0) {
    drawText(raster, left + frame.left, top + 60, 'no values', ink!);
    return;
  }
  const [start, end] = [left + frame.left, left + panel.width - frame.right];
  const x = axis(
    points.map(([value]) => value),
    start,
    end,
  );
  const y = axis(
    points.map(([, value]) => value),
    top + panel.height - frame.bottom,
    top + frame.top,
  );
  for (const { at, text } of y.ticks) {
    stroke(raster, start, at, end, at, grid!);
    drawText(raster, start - 6 - text.length * letter.width, Math.round(at) - 4, text, ink!);
  }
  for (const { at, text } of x.ticks) {
    const middle = Math.min(end - text.length * letter.width, at - (text.length * letter.width) / 2);
    drawText(raster, Math.round(middle), top + panel.height - frame.bottom + 8, text, ink!);
  }
  for (const { name, points } of lines) {
    const colour = colourOf(names.indexOf(name));
    points.forEach((point, i) => {
      const before = points[i - 1];
      if (!drawable(point)) return;
      const [toX, toY] = [x.place(point[0]), y.place(point[1])];
      if (before === undefined || !drawable(before)) raster.disc(toX, toY, 1.5, colour);
      else stroke(raster, x.place(before[0]), y.place(before[1]), toX, toY, colour, 0.8);
    });
  }
}

/** A straight line, `radius` wide to both sides; none is as wide as a pixel. */
function stroke(
  raster: Raster,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  colour: Colour,
  radius?: number,
): void {
  const steps = Math.max(1, Math.ceil(Math.hypot(toX - fromX, toY - fromY)));
  for (let i = 0; i <= steps; i++) {
    const [x, y] = [fromX + ((toX - fromX) * i) / steps, fromY + ((toY - fromY) * i) / steps];
    if (radius === undefined) raster.blend(Math.round(x), Math.round(y), colour);
    else raster.disc(x, y, radius, colour, 0.6);
  }
}

function colourOf(i: number): Colour {
  const code = lineColours[i % lineColours.length]!;
  const channel = (at: number) => Number.parseInt(code.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}
