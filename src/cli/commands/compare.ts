import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { oneOf, writeWhole } from '../../base/index.ts';
import { linePanels } from '../../plots/index.ts';
import {
  type ComparedRun,
  type ComparedValue,
  comparedRun,
  comparison,
  incomparable,
  scoredOn,
} from '../../runs/index.ts';
import { comparisonPage, comparisonPlots, comparisonRows, markdown } from '../comparison-page.ts';
import { type Console, printJson, table } from '../console.ts';
import { endingOf } from '../output-file.ts';

interface Options {
  readonly values?: string;
  readonly format: string;
  readonly out?: string;
}

/** `weir compare <run-dir>...`: what several runs have come to, side by side. */
export async function compareRuns(
  console: Console,
  paths: readonly string[],
  options: Options,
): Promise<void> {
  const format = oneOf('--format', options.format, ['table', 'markdown', 'json']);
  const kind = options.out === undefined ? undefined : endingOf(options.out, ['.png', '.html']);
  const runs: ComparedRun[] = [];
  for (const path of paths) runs.push(await comparedRun(path));
  const values = comparison(
    runs,
    options.values?.split(',').map((name) => name.trim()),
  );
  const rows = comparisonRows(runs, values);
  if (format === 'json') printJson(console, jsonOf(runs, values));
  else console.stdout.write(format === 'markdown' ? markdown(rows) : table(turned(rows)));
  if (options.out === undefined) return;
  const plots = comparisonPlots(runs, values);
  mkdirSync(dirname(options.out), { recursive: true });
  writeWhole(options.out, kind === '.png' ? linePanels(plots).png() : comparisonPage(rows, plots));
  console.stderr.write(`${resolve(options.out)}\n`);
}

/** Runs as columns: a terminal is not as wide as there are values. */
function turned(rows: readonly (readonly string[])[]): string[][] {
  return rows[0]!.map((_, column) => rows.map((row) => row[column]!));
}

function jsonOf(runs: readonly ComparedRun[], values: readonly ComparedValue[]) {
  const apart = incomparable(runs);
  return runs.map((run, i) => {
    const { name, config, steps, seconds, report } = run;
    return {
      run: name,
      recipe: config.recipe,
      data: config.data,
      steps,
      seconds,
      ended: report?.ended ?? null,
      scoredOn: scoredOn(run) ?? null,
      scoresLeftOut: apart[i] ?? null,
      values: Object.fromEntries(values.map(({ name, cells }) => [name, cells[i] ?? null])),
    };
  });
}
