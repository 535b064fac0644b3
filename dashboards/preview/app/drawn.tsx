import { type Field, FieldType, getDisplayProcessor } from '@grafana/data';
import { interpolateBlues } from 'd3-scale-chromatic';
import { numbersOf } from './data.ts';
import { type Drawing, nameOf } from './panels.tsx';

// The kinds of panels that Grafana's packages do not have: drawn here in SVG, from the same frames,
// units, mappings and colours.

const margin = { left: 64, right: 10, top: 8, bottom: 22 };

const clock = (time: number) => new Date(time).toISOString().slice(11, 16);

/** Five even places between two numbers. */
const ticks = (from: number, to: number) => [0, 1, 2, 3, 4].map((at) => from + ((to - from) * at) / 4);

/** A band for each series, in the colours of its mappings. */
export function stateTimeline({ frames, range, width, height, theme }: Drawing) {
  const rows = numbersOf(frames);
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  const left = 110;
  const x = (time: number) => left + ((time - from) / (to - from)) * (width - left - margin.right);
  const band = (height - margin.bottom) / rows.length;
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label="state timeline"
      fill={theme.colors.text.primary}
    >
      {rows.map(({ frame, field, time }, row) => (
        <g key={row} fontSize={12}>
          <text x={left - 8} y={(row + 0.5) * band + 4} textAnchor="end">
            {nameOf(frame, frames)}
          </text>
          {stretches(field, time!).map(({ first, last, value }) => {
            const shown = field.display!(value);
            return (
              <g key={first}>
                <rect
                  x={x(first)}
                  y={row * band + band * 0.1}
                  width={Math.max(1, x(last) - x(first))}
                  height={band * 0.8}
                  fill={shown.color}
                  opacity={0.8}
                />
                {x(last) - x(first) > 60 && (
                  <text x={x(first) + 6} y={(row + 0.5) * band + 4} fill="#fff">
                    {shown.text}
                  </text>
                )}
              </g>
            );
          })}
        </g>
      ))}
      {ticks(from, to).map((time) => (
        <text key={time} x={x(time)} y={height - 6} fontSize={11} textAnchor="middle">
          {clock(time)}
        </text>
      ))}
    </svg>
  );
}

/** The stretches of time with one value; nothing bridges a gap. */
function stretches(field: Field, time: Field) {
  const found: { first: number; last: number; value: number }[] = [];
  field.values.forEach((value, at) => {
    const now = time.values[at];
    const before = found.at(-1);
    if (value === null) return;
    if (before?.value === value && field.values[at - 1] !== null) before.last = now;
    else {
      if (before !== undefined && field.values[at - 1] !== null) before.last = now;
      found.push({ first: now, last: now, value });
    }
  });
  return found;
}

/** A cell for each bucket and moment. */
export function heatMap({ panel, frames, range, width, height, theme, exemplars }: Drawing) {
  const most = Math.max(...frames.flatMap((frame) => frame.fields[1]!.values.map(Number)));
  const filled = frames.map((frame) => frame.fields[1]!.values.some((value) => value > 0));
  const shown = frames.slice(filled.indexOf(true), filled.lastIndexOf(true) + 1);
  const unit = panel.options?.yAxis?.unit ?? 'short';
  const display = getDisplayProcessor({
    field: { type: FieldType.number, config: { unit } },
    theme,
  });
  const times = frames[0]!.fields[0]!.values;
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  const inner = { width: width - margin.left - margin.right, height: height - margin.bottom - margin.top };
  const x = (time: number) => margin.left + ((time - from) / (to - from)) * inner.width;
  const cell = { width: x(times[1] ?? to) - x(times[0]) + 0.5, height: inner.height / shown.length };
  const y = (row: number) => margin.top + inner.height - (row + 1) * cell.height;
  const bounds = shown.map((frame) => Number(frame.fields[1]!.labels!.le!.replace('+Inf', 'Infinity')));
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label="heat map"
      fill={theme.colors.text.primary}
      fontSize={11}
    >
      {shown.map((frame, row) => (
        <g key={row}>
          {row % Math.ceil(shown.length / 8) === 0 && (
            <text x={margin.left - 6} y={y(row) + 4} textAnchor="end">
              {bounds[row] === Infinity ? '+Inf' : textOf(display(bounds[row]))}
            </text>
          )}
          {frame.fields[1]!.values.map((value, at) =>
            value > 0 ? (
              <rect
                key={at}
                x={x(times[at])}
                y={y(row)}
                width={cell.width}
                height={cell.height}
                fill={interpolateBlues(
                  (theme.isDark ? 1 : 0.15) - (theme.isDark ? 0.85 : -0.85) * (value / most),
                )}
              />
            ) : null,
          )}
        </g>
      ))}
      {exemplars.map(([time, value], at) => {
        const row = bounds.findIndex((bound) => value <= bound);
        return row < 0 || time < from ? null : (
          <circle
            key={at}
            cx={x(time)}
            cy={y(row) + cell.height / 2}
            r={2}
            fill={theme.visualization.getColorByName('orange')}
          />
        );
      })}
      {ticks(from, to).map((time) => (
        <text key={time} x={x(time)} y={height - 6} textAnchor="middle">
          {clock(time)}
        </text>
      ))}
    </svg>
  );
}

const textOf = ({ prefix = '', text, suffix = '' }: { prefix?: string; text: string; suffix?: string }) =>
  `${prefix}${text}${suffix}`;

/** The first number of each frame across, the second upward. */
export function xyChart({ frames, width, height, theme }: Drawing) {
  const curves = frames
    .map((frame) => ({ frame, fields: frame.fields.filter(({ type }) => type === FieldType.number) }))
    .filter(({ fields }) => fields.length === 2);
  const points = curves.map(({ fields: [across, up] }) =>
    across!.values
      .map((value, at) => [value, up!.values[at]] as [number, number])
      .filter(([, b]) => Number.isFinite(b)),
  );
  const xs = points.flat().map(([value]) => value);
  const ys = points.flat().map(([, value]) => value);
  const config = curves[0]!.fields[1]!.config;
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  const [y0, y1] = [config.min ?? Math.min(...ys), config.max ?? Math.max(...ys)];
  const bottom = height - margin.bottom - 22;
  const x = (value: number) =>
    margin.left + ((value - x0) / (x1 - x0 || 1)) * (width - margin.left - margin.right);
  const y = (value: number) => bottom - ((value - y0) / (y1 - y0 || 1)) * (bottom - margin.top);
  const colour = (at: number) => theme.visualization.getColorByName(theme.visualization.palette[at % 56]!);
  const [xDisplay, yDisplay] = [curves[0]!.fields[0]!.display!, curves[0]!.fields[1]!.display!];
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label="curves"
      fill={theme.colors.text.primary}
      fontSize={11}
    >
      {ticks(x0, x1).map((value) => (
        <text key={value} x={x(value)} y={bottom + 16} textAnchor="middle">
          {textOf(xDisplay(value))}
        </text>
      ))}
      {ticks(y0, y1).map((value) => (
        <g key={value}>
          <text x={margin.left - 6} y={y(value) + 4} textAnchor="end">
            {textOf(yDisplay(value))}
          </text>
          <line x1={margin.left} x2={width} y1={y(value)} y2={y(value)} stroke={theme.colors.border.weak} />
        </g>
      ))}
      {points.map((curve, at) => (
        <polyline
          key={at}
          fill="none"
          stroke={colour(at)}
          points={curve.map(([a, b]) => `${x(a)},${y(b)}`).join(' ')}
        />
      ))}
      {curves.map(({ frame }, at) => (
        <text key={at} x={margin.left + at * 130} y={height - 6} fill={colour(at)}>
          {frame.name}
        </text>
      ))}
    </svg>
  );
}

/** Rows and columns; bars and coloured text as the cells of Grafana's table have them. */
export function table({ panel, frames, width, theme }: Drawing) {
  const [frame] = frames;
  const wanted: { displayName: string; desc?: boolean } | undefined = panel.options?.sortBy?.[0];
  const sorting = frame!.fields.find((field) => nameOfField(field) === wanted?.displayName);
  const rows = Array.from({ length: frame!.length }, (_, row) => row);
  if (sorting !== undefined)
    rows.sort((a, b) => (sorting.values[a] > sorting.values[b] ? 1 : -1) * (wanted!.desc ? -1 : 1));
  const cell = { padding: '5px 8px', borderBottom: `1px solid ${theme.colors.border.weak}`, fontSize: 13 };
  const isNumber = ({ type }: Field) => type === FieldType.number;
  return (
    <table style={{ width, borderCollapse: 'collapse', alignSelf: 'flex-start' }}>
      <thead>
        <tr>
          {frame!.fields.map((field) => (
            <th key={field.name} style={{ ...cell, textAlign: isNumber(field) ? 'right' : 'left' }}>
              {nameOfField(field)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row}>
            {frame!.fields.map((field) => {
              const shown = field.display!(field.values[row]);
              const { type } = field.config.custom?.cellOptions ?? {};
              const share = Math.min(1, Math.max(0, Number(field.values[row])));
              return (
                <td
                  key={field.name}
                  style={
                    {
                      ...cell,
                      textAlign: isNumber(field) ? 'right' : 'left',
                      color:
                        type === 'color-text'
                          ? shown.color
                          : field.config.links
                            ? theme.colors.text.link
                            : undefined,
                      background:
                        type === 'gauge' &&
                        `linear-gradient(90deg, ${shown.color}66 ${share * 100}%, transparent 0)`,
                    } as React.CSSProperties
                  }
                >
                  {field.values[row] === undefined ? '' : textOf(shown)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const nameOfField = ({ name, config }: Field) => config.displayName ?? name;
