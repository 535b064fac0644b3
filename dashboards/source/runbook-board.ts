import {
  type Dashboard,
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';
import { type Alert, type AlertName, alerts } from '../../src/telemetry/index.ts';
import { runbookEntry } from './runbook.ts';

const uid = 'weir-runbook';
const grafana = 'http://localhost:3000';

/** Where a firing alert leads: its entry on the board of the stack in docker-compose.yml. */
export function runbookUrl(name: AlertName): string {
  return `${grafana}/d/${uid}?viewPanel=${panelId(name)}`;
}

/** The runbook within Grafana, a panel for each alert. */
export function runbookBoard(): Dashboard {
  const builder = new DashboardBuilder('Weir / Runbook')
    .id(null)
    .uid(uid)
    .description('What each alert means, what usually causes it, and what to do.')
    .tags(['weir'])
    .readonly()
    .link(
      new DashboardLinkBuilder('Weir')
        .type(DashboardLinkType.Dashboards)
        .tags(['weir'])
        .includeVars(true)
        .keepTime(true),
    );
  for (const [name, alert] of Object.entries(alerts) as [AlertName, Alert][])
    builder.withPanel(
      new PanelBuilder()
        .id(panelId(name))
        .title(name)
        .description(alert.summary)
        .mode(TextMode.Markdown)
        .content(runbookEntry(alert))
        .span(12)
        .height(10),
    );
  return builder.build();
}

function panelId(name: AlertName): number {
  return Object.keys(alerts).indexOf(name) + 1;
}
