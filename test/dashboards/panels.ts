import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Board, dashboard } from '../../dashboards/source/board.ts';

/** A query of a panel, and where it stands. */
export interface Target {
  /** Board and panel. */
  readonly where: string;
  readonly panel: Panel;
  readonly refId: string;
  readonly expr: string;
  readonly legend: string | undefined;
  readonly exemplar: boolean;
  /** Whether it asks for one moment instead of a stretch of time. */
  readonly instant: boolean;
  readonly format: string | undefined;
  readonly datasource: unknown;
  /** All queries of the panel. */
  readonly all: readonly { readonly expr: string }[];
}

/** Rows and panels, those within closed rows included. */
export function allPanels({ panels }: Dashboard): Panel[] {
  return panels!.flatMap((panel) =>
    'panels' in panel ? [panel as unknown as Panel, ...(panel.panels as Panel[])] : [panel as Panel],
  );
}

/** Every panel of a board that shows something, rows left out and closed ones opened. */
export function panelsOf(board: Board): { readonly where: string; readonly panel: Panel }[] {
  return allPanels(dashboard(board))
    .filter(({ type }) => type !== 'row')
    .map((panel) => ({ where: `${board.title}: ${panel.title}`, panel }));
}

/** Every query of a board. */
export function targetsOf(board: Board): Target[] {
  return panelsOf(board).flatMap(({ where, panel }) => {
    const all = (panel.targets ?? []) as unknown as {
      readonly refId: string;
      readonly expr: string;
      readonly legendFormat?: string;
      readonly exemplar?: boolean;
      readonly instant?: boolean;
      readonly format?: string;
      readonly datasource: unknown;
    }[];
    return all.map(
      ({ refId, expr, legendFormat, exemplar = false, instant = false, format, datasource }) => ({
        where,
        panel,
        all,
        refId,
        expr,
        exemplar,
        instant,
        format,
        datasource,
        legend: legendFormat,
      }),
    );
  });
}
