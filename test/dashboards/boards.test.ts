import * as units from '@grafana/grafana-foundation-sdk/units';
import { describe, expect, it } from 'vitest';
import { dashboard } from '../../dashboards/source/board.ts';
import { boards } from '../../dashboards/source/boards.ts';
import { allPanels, panelsOf, targetsOf } from './panels.ts';
import { filledIn, selectorsOf } from './promql.ts';

const dashboards = boards.map((board) => dashboard(board));

const panels = boards.flatMap((board) => panelsOf(board));
const targets = boards.flatMap((board) => targetsOf(board));

/** Each test holds for all boards: it gathers those that break the rule. */
const breaking = <T extends { where: string }>(all: readonly T[], wrong: (each: T) => boolean) =>
  all.filter(wrong).map(({ where }) => where);

describe('every board', () => {
  it('has an address, a description, the tag by which boards link to each other, and cannot be edited', () => {
    expect(dashboards.map(({ uid }) => uid)).toEqual([
      'weir-overview',
      'weir-gan-health',
      'weir-reinforcement-learning',
      'weir-streams',
      'weir-runtime',
      'weir-compare-runs',
    ]);
    for (const board of dashboards) {
      expect(board.description).toMatch(/\.$/);
      expect(board.tags).toEqual(['weir']);
      expect(board.editable).toBe(false);
      expect(board.id).toBeNull();
      expect(board.links).toMatchObject([
        { type: 'dashboards', tags: ['weir'], includeVars: true, keepTime: true },
      ]);
    }
  });

  it('lets one choose data source, job, instance and run, in that order', () => {
    for (const [at, board] of dashboards.entries()) {
      const { single } = boards[at]!;
      const [datasource, ...labels] = board.templating.list!;
      expect(datasource).toMatchObject({
        type: 'datasource',
        name: 'datasource',
        label: 'Data source',
        query: 'prometheus',
      });
      expect(labels.map(({ name, label }) => [name, label])).toEqual([
        ['job', 'Job'],
        ['instance', 'Instance'],
        ['run', 'Run'],
      ]);
      for (const { name, type, query, refresh, multi, includeAll, allValue, datasource: from } of labels) {
        expect({ type, refresh, multi, includeAll, allValue }).toEqual({
          type: 'query',
          refresh: 2,
          // A board of one run shows no other beside it.
          multi: name !== 'run' || single === undefined,
          includeAll: name !== 'run' || single === undefined,
          allValue: '.+',
        });
        expect(from).toEqual({ type: 'prometheus', uid: '$datasource' });
        const [, series, label] = /^label_values\((.+), (\w+)\)$/.exec(query as string)!;
        expect(label).toBe(name);
        expect(selectorsOf(series!).map(({ metric }) => metric)).toEqual(['weir_run_info']);
      }
    }
  });

  it('marks alerts, process starts, roll-backs and phases, and checkpoints where one asks for them', () => {
    for (const board of dashboards) {
      expect(board.annotations.list!.map(({ name }) => name)).toEqual([
        'Checkpoints',
        'Alerts',
        'Process starts',
        'Roll-backs',
        'Phases',
      ]);
      for (const { name, expr, datasource, enable } of board.annotations.list!) {
        expect(selectorsOf(expr!)).toHaveLength(1);
        expect(datasource).toEqual({ type: 'prometheus', uid: '$datasource' });
        expect(enable).toBe(name !== 'Checkpoints');
      }
    }
  });

  it('numbers its panels without a double', () => {
    for (const board of dashboards) {
      const { title } = board;
      const ids = allPanels(board).map(({ id }) => id!);
      expect(new Set(ids).size, title).toBe(ids.length);
      expect(Math.min(...ids)).toBeGreaterThan(0);
    }
  });

  it('lays its panels side by side, none over another or beyond the edge', () => {
    for (const { panels: all, title } of dashboards) {
      const cells = new Set<string>();
      for (const { gridPos, title: panel } of all!) {
        const { x, y, w, h } = gridPos!;
        expect(x + w, `${title}: ${panel}`).toBeLessThanOrEqual(24);
        for (let row = y; row < y + h; row++)
          for (let column = x; column < x + w; column++) {
            expect(cells.has(`${row},${column}`), `${title}: ${panel} at ${row},${column}`).toBe(false);
            cells.add(`${row},${column}`);
          }
      }
    }
  });
});

describe('the boards of one run', () => {
  it('name it in no legend, since the bar at the top does', () => {
    const single = boards.filter((board) => board.single !== undefined);
    expect(single).toHaveLength(4);
    const legends = single.flatMap((board) => targetsOf(board));
    expect(breaking(legends, ({ legend }) => /\{\{run\}\}/.test(legend ?? ''))).toEqual([]);
  });
});

describe('every panel', () => {
  it('has a title of its own on its board and a description in whole sentences', () => {
    expect(breaking(panels, ({ panel }) => !/^[A-Z0-9].*[.]$/s.test(panel.description ?? ''))).toEqual([]);
    const titles = panels.map(({ where }) => where);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('has a unit that Grafana knows', () => {
    const known = new Set<unknown>(Object.values(units));
    const silent = new Set(['alertlist']);
    expect(
      breaking(
        panels.filter(({ panel }) => !silent.has(panel.type)),
        ({ panel }) => !known.has(panel.fieldConfig?.defaults.unit),
      ),
    ).toEqual([]);
    const overridden = panels.flatMap(({ panel }) =>
      (panel.fieldConfig?.overrides ?? []).flatMap(({ properties }) =>
        properties.filter(({ id }) => id === 'unit').map(({ value }) => value),
      ),
    );
    expect(overridden.filter((unit) => !known.has(unit))).toEqual([]);
    expect(overridden.length).toBeGreaterThan(0);
  });

  it('asks the chosen data source, and asks something', () => {
    const chosen = { type: 'prometheus', uid: '$datasource' };
    expect(
      breaking(panels, ({ panel }) => panel.type !== 'alertlist' && panel.targets!.length === 0),
    ).toEqual([]);
    expect(
      breaking(panels, ({ panel }) => JSON.stringify(panel.datasource) !== JSON.stringify(chosen)),
    ).toEqual([]);
    expect(
      breaking(targets, ({ datasource }) => JSON.stringify(datasource) !== JSON.stringify(chosen)),
    ).toEqual([]);
  });

  it('names its queries A, B, ... so that a table can tell their values apart', () => {
    expect(
      breaking(targets, ({ refId, expr, all }) => all['ABCDEFGHIJKL'.indexOf(refId)]?.expr !== expr),
    ).toEqual([]);
  });

  it('has tables whose rows can fall together: no query of one carries the name of its metric', () => {
    const rows = targets.filter(({ format }) => format === 'table');
    expect(rows.length).toBeGreaterThan(10);
    expect(breaking(rows, ({ expr }) => !/(?:max|min|sum) by \(job, instance, run\b/.test(expr))).toEqual([]);
  });

  it('shows only columns that one of its queries has', () => {
    const tables = panels.filter(({ panel }) => panel.type === 'table');
    expect(tables.length).toBeGreaterThan(1);
    const missing = tables.flatMap(({ where, panel }) => {
      const shown: string[] = panel.transformations!.find(({ id }) => id === 'filterFieldsByName')!.options
        .include.names;
      const values = panel.targets!.map((_, index) => `Value #${'ABCDEFGHIJKL'[index]}`);
      return shown
        .filter((name) => name.startsWith('Value') && !values.includes(name))
        .map((name) => `${where}: ${name}`);
    });
    expect(missing).toEqual([]);
  });
});

describe('every query', () => {
  it('is PromQL', () => {
    for (const { where, expr } of targets) expect(() => selectorsOf(expr), where).not.toThrow();
    expect(targets.length).toBeGreaterThan(80);
  });

  it('asks only for the chosen jobs, instances and runs', () => {
    const chosen = ['job=~"$job"', 'instance=~"$instance"', 'run=~"$run"'];
    expect(
      breaking(targets, ({ expr }) =>
        selectorsOf(expr).some(({ matchers }) => !chosen.every((matcher) => matchers.includes(matcher))),
      ),
    ).toEqual([]);
  });

  it('looks at counters only through rate or increase', () => {
    expect(
      breaking(targets, ({ expr }) =>
        selectorsOf(expr).some(
          ({ metric, within }) =>
            /_(?:total|count|sum|bucket)$/.test(metric) && !/^(?:rate|irate|increase)$/.test(within[0] ?? ''),
        ),
      ),
    ).toEqual([]);
  });

  it('takes rates over an interval that suits the zoom', () => {
    expect(
      breaking(targets, ({ expr }) =>
        selectorsOf(expr).some(
          ({ within, range }) => /^i?rate$/.test(within[0] ?? '') && range !== filledIn('$__rate_interval'),
        ),
      ),
    ).toEqual([]);
    expect(breaking(targets, ({ expr }) => /\[\d/.test(expr))).toEqual([]);
  });

  it('asks for exemplars only of a histogram, and for every time of a step', () => {
    const asking = targets.filter(({ exemplar }) => exemplar);
    expect(breaking(asking, ({ expr }) => !/_bucket\b/.test(expr))).toEqual([]);
    const stepTimes = targets.filter(({ expr }) => expr.includes('weir_step_duration_seconds_bucket'));
    expect(stepTimes.length).toBeGreaterThan(1);
    expect(breaking(stepTimes, ({ exemplar }) => !exemplar)).toEqual([]);
  });
});
