/** One line of a plot. */
export interface Line {
  readonly name: string;
  /** From left to right; a value that is not finite leaves a gap. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** What is written round a plot. */
export interface LinePlotOptions {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

const [width, height] = [640, 420];
const frame = { left: 64, right: 150, top: 40, bottom: 52 };
/** The colours of lines, in their order. */
export const lineColours = ['#d64826', '#2860a0', '#3a8a4d', '#8452a1', '#b08a1e', '#4a9aa8'];

/**
 * Lines over common axes as an SVG document, with a legend at the right. @throws RangeError when
 * there is nothing to draw
 */
export function linePlot(lines: readonly Line[], { title, x, y }: LinePlotOptions): string {
  const points = lines.flatMap((line) => line.points.filter(drawable));
  if (points.length === 0) throw new RangeError('linePlot: expected at least one finite point, got none');
  const across = axis(
    points.map(([value]) => value),
    frame.left,
    width - frame.right,
  );
  const upwards = axis(
    points.map(([, value]) => value),
    height - frame.bottom,
    frame.top,
  );
  const label = (text: string, attributes: string) => `<text ${attributes}>${inXml(text)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#333">`,
    `<title>${inXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    label(title, `x="${frame.left}" y="22" font-size="15"`),
    ...across.ticks.map(({ at, text }) =>
      label(text, `x="${at}" y="${height - frame.bottom + 18}" text-anchor="middle"`),
    ),
    ...upwards.ticks.map(
      ({ at, text }) =>
        `<path d="M${frame.left} ${at}H${width - frame.right}" stroke="#ddd"/>${label(text, `x="${frame.left - 8}" y="${at + 4}" text-anchor="end"`)}`,
    ),
    label(x, `x="${(frame.left + width - frame.right) / 2}" y="${height - 12}" text-anchor="middle"`),
    label(
      y,
      `transform="translate(16 ${(frame.top + height - frame.bottom) / 2}) rotate(-90)" text-anchor="middle"`,
    ),
    ...lines.map((line, i) => {
      const colour = lineColours[i % lineColours.length]!;
      const key = frame.top + 10 + 20 * i;
      const left = width - frame.right + 14;
      return `<path d="${path(line, across.place, upwards.place)}" fill="none" stroke="${colour}" stroke-width="2"/><path d="M${left} ${key}h18" stroke="${colour}" stroke-width="2"/>${label(line.name, `x="${left + 24}" y="${key + 4}"`)}`;
    }),
    '</svg>\n',
  ].join('\n');
}

/** Whether a point has a place. */
export const drawable = ([x, y]: readonly [number, number]) => Number.isFinite(x) && Number.isFinite(y);

function path({ points }: Line, across: (x: number) => number, upwards: (y: number) => number): string {
  return points
    .map((point, i) => {
      if (!drawable(point)) return '';
      const begins = i === 0 || !drawable(points[i - 1]!);
      return `${begins ? 'M' : 'L'}${across(point[0]).toFixed(1)} ${upwards(point[1]).toFixed(1)}`;
    })
    .join('');
}

/** Places values between two pixels and marks round ones, about six. */
export function axis(values: readonly number[], from: number, to: number) {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const place = (value: number) => from + ((value - low) / span) * (to - from);
  const rough = span / 6;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * unit).find((size) => size >= rough)!;
  const first = Math.ceil(low / step);
  const count = Math.floor((low + span) / step) - first + 1;
  const ticks = Array.from({ length: count }, (_, i) => {
    const value = (first + i) * step;
    return { at: Number(place(value).toFixed(1)), text: String(Number(value.toPrecision(6))) };
  });
  return { place, ticks };
}

function inXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
