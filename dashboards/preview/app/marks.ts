import type { GrafanaTheme2 } from '@grafana/data';
import type uPlot from 'uplot';

/** A mark of an annotation: when, in milliseconds, and its colour. */
export interface Mark {
  readonly time: number;
  readonly colour: string;
}

/** Marks as dashed lines with a triangle below, and exemplars as diamonds, as Grafana draws them. */
export function drawMarks(
  plot: uPlot,
  marks: readonly Mark[],
  exemplars: readonly [number, number][],
  theme: GrafanaTheme2,
): void {
  const { ctx, bbox, scales } = plot;
  const { min, max } = scales.x as { min: number; max: number };
  ctx.save();
  for (const { time, colour } of marks) {
    if (time < min || time > max) continue;
    const x = plot.valToPos(time, 'x', true);
    ctx.strokeStyle = ctx.fillStyle = theme.visualization.getColorByName(colour);
    ctx.setLineDash([5, 5]);
    ctx.globalAlpha = 0.6;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x - 4, bbox.top + bbox.height + 6);
    ctx.lineTo(x + 4, bbox.top + bbox.height + 6);
    ctx.fill();
  }
  const scale = Object.keys(scales).find((key) => key !== 'x');
  ctx.fillStyle = theme.visualization.getColorByName('blue');
  for (const [time, value] of scale === undefined ? [] : exemplars) {
    const [x, y] = [plot.valToPos(time, 'x', true), plot.valToPos(value, scale!, true)];
    if (x < bbox.left || x > bbox.left + bbox.width || y < bbox.top || y > bbox.top + bbox.height) continue;
    ctx.beginPath();
    ctx.moveTo(x, y - 4);
    ctx.lineTo(x + 4, y);
    ctx.lineTo(x, y + 4);
    ctx.lineTo(x - 4, y);
    ctx.fill();
  }
  ctx.restore();
}
