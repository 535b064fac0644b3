import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type Panel,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { MetricPlace } from '../../src/telemetry/index.ts';
import { annotations } from './annotations.ts';
import { chosenDataSource } from './data-source.ts';
import { variables } from './variables.ts';

/** One of the boards, as it is written in this folder. */
export interface Board {
  /** Name of its file, and the end of its address in Grafana. */
  readonly name: string;
  /** What the catalogue of metrics calls it. */
  readonly place: MetricPlace;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly Row[];
  /** Shows one run at a time, of one kind where it is made for that kind; else several. */
  readonly single?: 'gan' | 'rl' | 'any';
}

/** A titled row of panels; panels wrap where their widths pass 24 columns. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Builder<Panel>[];
  /** Closed at first: not every run feeds its panels. */
  readonly collapsed?: true;
}

/**
 * The dashboard as Grafana reads it: panels numbered and laid out, the data source and what all
 * boards share added.
 */
export function dashboard(board: Board): Dashboard {
  const builder = new DashboardBuilder(board.title)
    .id(null)
    .uid(`weir-${board.name}`)
    .description(board.description)
    .tags(['weir'])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-1h', to: 'now' })
    .refresh('10s')
    .variables(variables(board.single))
    .annotations(annotations())
    .link(
      new DashboardLinkBuilder('Weir')
        .type(DashboardLinkType.Dashboards)
        .tags(['weir'])
        .includeVars(true)
        .keepTime(true),
    );
  let id = 0;
  let y = 0;
  for (const { title, panels, collapsed } of board.rows) {
    id += 1;
    const row = new RowBuilder(title).id(id).gridPos({ x: 0, y, w: 24, h: 1 });
    y += 1;
    const placed = lay(
      panels.map((panel) => panel.build()),
      y,
    );
    const numbered = placed.panels.map((panel) => {
      id += 1;
      return { ...panel, id, datasource: chosenDataSource, targets: targetsOf(panel) };
    });
    if (collapsed) {
      row.collapsed(true);
      for (const panel of numbered) row.withPanel({ build: () => panel });
    }
    builder.withRow(row);
    if (collapsed) continue;
    for (const panel of numbered) builder.withPanel({ build: () => panel });
    y = placed.bottom;
  }
  return builder.build();
}

/** Puts panels from left to right, and below where the width is used up. */
function lay(panels: readonly Panel[], top: number): { readonly panels: Panel[]; readonly bottom: number } {
  let [x, y, bottom] = [0, top, top];
  const placed = panels.map((panel) => {
    const { w, h } = panel.gridPos!;
    if (x + w > 24) [x, y] = [0, bottom];
    const gridPos = { x, y, w, h };
    x += w;
    bottom = Math.max(bottom, y + h);
    return { ...panel, gridPos };
  });
  return { panels: placed, bottom };
}

/** Names the queries A, B, ... and points them at the chosen data source. */
function targetsOf(panel: Panel): NonNullable<Panel['targets']> {
  return (panel.targets ?? []).map((target, index) => ({
    ...target,
    refId: String.fromCharCode(65 + index),
    datasource: chosenDataSource,
  }));
}
