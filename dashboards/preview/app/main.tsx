import { createTheme, type DataFrame, type GrafanaTheme2, ThemeContext } from '@grafana/data';
import { GlobalStyles, PanelChrome } from '@grafana/ui';
import { Component, type ReactNode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { configured, fillRegistries, transformed } from './data.ts';
import type { Mark } from './marks.ts';
import { type Alert, Inside, type PanelJson } from './panels.tsx';
import { ask, exemplarsOf, framesOf, type Target, timeRange, valuesOf, type Window } from './query.ts';

interface Variable {
  readonly name: string;
  readonly label?: string;
  readonly type: string;
  readonly query?: string;
  readonly allValue?: string;
  readonly hide?: number;
}

interface Annotation {
  readonly expr: string;
  readonly iconColor: string;
  readonly useValueForTime: boolean;
  readonly enable: boolean;
}

interface BoardJson {
  readonly title: string;
  readonly panels: readonly PanelJson[];
  readonly templating?: { readonly list: readonly Variable[] };
  readonly annotations?: { readonly list: readonly Annotation[] };
}

// The cells of Grafana's grid, in pixels.
const [cell, gap, header, side] = [30, 8, 90, 16];

const wanted = new URLSearchParams(location.search);
const boardWidth = innerWidth - 2 * side;
let waiting = 0;

fillRegistries();
const theme = createTheme({ colors: { mode: wanted.get('theme') === 'light' ? 'light' : 'dark' } });
const board: BoardJson = await (await fetch(`/boards/${wanted.get('board')}.json`)).json();
const range = timeRange(Number(wanted.get('from')), Number(wanted.get('to')));
const variables = board.templating?.list ?? [];
const choice = Object.fromEntries(
  variables.map(({ name, allValue }) => [name, wanted.get(name) || allValue || '.+']),
);
const windowOf = (points: number): Window => ({ range, variables: choice, points });
const marks = await marksOf(board);
const alerts = await alertsNow();
/** What the panels are, for a test: panels without data, by title. */
const report: { panels: number; empty: string[]; failed: string[] } = { panels: 0, empty: [], failed: [] };

async function marksOf({ annotations }: BoardJson): Promise<Mark[]> {
  const found = (annotations?.list ?? [])
    .filter(({ enable }) => enable)
    .map(async ({ expr, iconColor, useValueForTime }) => {
      const frames = await framesOf({ refId: 'Anno', expr }, windowOf(1000));
      return frames.flatMap(({ fields: [time, field] }) => {
        const times = useValueForTime ? field!.values : risesOf(time!.values, field!.values);
        return [...new Set(times.filter((value) => value !== null))].map((at) => ({
          time: at,
          colour: iconColor,
        }));
      });
    });
  return (await Promise.all(found)).flat();
}

/** When a series begins, or begins again after a gap. */
function risesOf(times: number[], values: (number | null)[]): number[] {
  return times.filter((_, at) => values[at] !== null && (values[at - 1] ?? null) === null);
}

async function alertsNow(): Promise<Alert[]> {
  const { alerts } = await ask<{ alerts: { state: string; labels: Record<string, string> }[] }>('alerts', {});
  return alerts.map(({ state, labels }) => ({ name: labels.alertname!, state, labels }));
}

function Bar() {
  const [counts, setCounts] = useState<Record<string, number>>({});
  useEffect(() => {
    for (const { name, type, query } of variables)
      if (type === 'query' && query !== undefined)
        void valuesOf(query, windowOf(1000)).then(({ length }) =>
          setCounts((all) => ({ ...all, [name]: length })),
        );
  }, []);
  const box = { border: `1px solid ${theme.colors.border.medium}`, borderRadius: 2, padding: '5px 8px' };
  return (
    <div style={{ display: 'flex', gap: 8, padding: `0 ${side}px`, fontSize: 12 }}>
      {variables
        .filter(({ hide }) => hide !== 2)
        .map(({ name, label, type }) => (
          <span key={name} style={box}>
            {label ?? name}:{' '}
            <b>{type === 'datasource' ? 'Prometheus' : (wanted.get(name) ?? `All (${counts[name] ?? 0})`)}</b>
          </span>
        ))}
    </div>
  );
}

function PanelView({ panel, theme }: { readonly panel: PanelJson; readonly theme: GrafanaTheme2 }) {
  const { x, y, w, h } = panel.gridPos;
  const column = (boardWidth + gap) / 24;
  const [width, height] = [w * column - gap, h * (cell + gap) - gap];
  const [data, setData] = useState<{ frames: DataFrame[]; exemplars: [number, number][] }>();
  useEffect(() => {
    const targets = (panel.targets ?? []) as unknown as Target[];
    waiting++;
    void (async () => {
      const window = windowOf(Math.min(1000, width));
      const raw = (await Promise.all(targets.map((target) => framesOf(target, window)))).flat();
      const asking = targets.filter(({ exemplar }) => exemplar);
      const exemplars = (
        await Promise.all(asking.slice(-1).map((target) => exemplarsOf(target, window)))
      ).flat();
      const frames = await transformed(panel.transformations ?? [], raw);
      const config = panel.fieldConfig ?? { defaults: {}, overrides: [] };
      setData({ frames: configured(frames, config, theme), exemplars });
      report.panels++;
      if (targets.length > 0 && raw.every(({ length }) => length === 0)) report.empty.push(panel.title ?? '');
      waiting--;
    })().catch((error) => {
      report.failed.push(`${panel.title}: ${error}`);
      waiting--;
    });
  }, [panel, theme, width]);
  const place = {
    position: 'absolute' as const,
    left: side + x * column,
    top: header + y * (cell + gap),
    width,
    height,
  };
  if (panel.type === 'row')
    return (
      <div style={{ ...place, fontSize: 14, fontWeight: 500, paddingTop: 6 }}>
        {panel.collapsed ? '▸' : '▾'} {panel.title}
        {panel.collapsed && <span style={{ opacity: 0.6 }}> ({panel.panels!.length} panels)</span>}
      </div>
    );
  return (
    <div style={place}>
      <PanelChrome
        width={width}
        height={height}
        title={panel.title ?? ''}
        description={panel.description ?? ''}
        padding={panel.type === 'table' ? 'none' : 'md'}
        displayMode={panel.transparent ? 'transparent' : 'default'}
      >
        {(inner, tall) =>
          data === undefined ? null : (
            <Guard title={panel.title ?? ''}>
              <div style={{ width: inner, height: tall, display: 'flex' }}>
                <Inside
                  {...data}
                  panel={panel}
                  range={range}
                  width={inner}
                  height={tall}
                  theme={theme}
                  marks={marks}
                  alerts={alerts}
                />
              </div>
            </Guard>
          )
        }
      </PanelChrome>
    </div>
  );
}

/** A panel that cannot be drawn does not take the others with it. */
class Guard extends Component<{ readonly title: string; readonly children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};
  static getDerivedStateFromError = (error: Error) => ({ error });
  override componentDidCatch(error: Error): void {
    report.failed.push(`${this.props.title}: ${error.stack}`);
  }
  override render() {
    return this.state.error ? <pre>{String(this.state.error)}</pre> : this.props.children;
  }
}

function Page() {
  const bottom = Math.max(...board.panels.map(({ gridPos: { y, h } }) => y + h));
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <div
        style={{ minHeight: header + bottom * (cell + gap) + 16, background: theme.colors.background.canvas }}
      >
        <h3 style={{ padding: `12px ${side}px 0`, margin: '0 0 8px' }}>{board.title}</h3>
        <Bar />
        {board.panels.map((panel) => (
          <PanelView key={panel.id} panel={panel} theme={theme} />
        ))}
      </div>
    </ThemeContext.Provider>
  );
}

createRoot(document.getElementById('root')!).render(<Page />);
const timer = setInterval(() => {
  if (waiting > 0 || report.panels === 0) return;
  clearInterval(timer);
  // Curves are drawn in the next frames.
  setTimeout(() => Object.assign(window, { drawn: report }), 1500);
}, 200);
