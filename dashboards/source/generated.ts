import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { rulesFile } from './alert-rules.ts';
import { dashboard } from './board.ts';
import { boards } from './boards.ts';
import { runbookPage } from './runbook.ts';
import { runbookBoard } from './runbook-board.ts';

/**
 * Every file that is made from this folder: its path below the root of the repository, and its
 * text.
 */
export function generated(): ReadonlyMap<string, string> {
  return new Map([
    ...boards.map((board) => [`dashboards/boards/${board.name}.json`, json(dashboard(board))] as const),
    ['dashboards/boards/runbook.json', json(runbookBoard())],
    ['dashboards/prometheus/rules.yml', rulesFile()],
    ['docs/runbook.md', runbookPage()],
  ]);
}

function json(board: Dashboard): string {
  return `${JSON.stringify(board, null, 2)}\n`;
}
