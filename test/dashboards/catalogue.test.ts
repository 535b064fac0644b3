import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boards } from '../../dashboards/source/boards.ts';
import { generated } from '../../dashboards/source/generated.ts';
import { type Metric, metricCatalogue } from '../../src/telemetry/index.ts';
import { targetsOf } from './panels.ts';
import { groupingsOf, metricOf, selectorsOf } from './promql.ts';

const metrics: Readonly<Record<string, Metric>> = metricCatalogue;
const given = ['job', 'instance', 'run', 'le'];

const targets = boards.flatMap((board) => targetsOf(board).map((target) => ({ board, ...target })));

describe('boards and catalogue', () => {
  it('agree on the names of metrics', () => {
    const unknown = targets.flatMap(({ where, expr }) =>
      selectorsOf(expr)
        .filter(({ metric }) => !(metricOf(metric) in metrics))
        .map(({ metric }) => `${where}: ${metric}`),
    );
    expect(unknown).toEqual([]);
  });

  it('agree on which board shows which metric, in both directions', () => {
    for (const board of boards) {
      const shown = targetsOf(board).flatMap(({ expr }) =>
        selectorsOf(expr).map(({ metric }) => metricOf(metric)),
      );
      const meant = Object.entries(metrics).filter(([, { shown }]) => shown.includes(board.place));
      expect([...new Set(shown)].sort(), board.title).toEqual(meant.map(([name]) => name).sort());
    }
  });

  it('leave no metric without a place, and keep what is internal off the boards', () => {
    const placeless = Object.entries(metrics).filter(([, { shown }]) => shown.length === 0);
    expect(placeless).toEqual([]);
    const both = Object.entries(metrics).filter(
      ([, { shown }]) => shown.includes('internal') && shown.length > 1,
    );
    expect(both).toEqual([]);
  });

  it('agree on labels: those that select, that group, and that a legend names', () => {
    const wrong = targets.flatMap(({ where, expr, legend }) => {
      const used = selectorsOf(expr);
      const known = new Set([
        ...given,
        ...used.flatMap(({ metric }) => Object.keys(metrics[metricOf(metric)]!.labels)),
      ]);
      const named = [...(legend ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label!);
      const selecting = used.flatMap(({ metric, matchers }) =>
        matchers
          .map((matcher) => /^\w+/.exec(matcher)![0])
          .filter((label) => !given.includes(label) && !(label in metrics[metricOf(metric)]!.labels)),
      );
      return [...selecting, ...[...named, ...groupingsOf(expr)].filter((label) => !known.has(label))].map(
        (label) => `${where}: ${label}`,
      );
    });
    expect(wrong).toEqual([]);
  });

  it('agree on values of labels', () => {
    const wrong = targets.flatMap(({ where, expr }) =>
      selectorsOf(expr).flatMap(({ metric, matchers }) =>
        matchers.flatMap((matcher) => {
          const [, label, value] = /^(\w+)="(.*)"$/.exec(matcher) ?? [];
          const values = label === undefined ? undefined : metrics[metricOf(metric)]!.labels[label];
          return Array.isArray(values) && !values.includes(value) ? [`${where}: ${matcher}`] : [];
        }),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('agree on which metrics are histograms, and which have exemplars', () => {
    const wrong = targets.flatMap(({ where, expr, exemplar }) =>
      selectorsOf(expr)
        .filter(({ metric }) => {
          const { type, exemplars } = metrics[metricOf(metric)]!;
          return (type === 'histogram') !== (metric !== metricOf(metric)) || (exemplar && !exemplars);
        })
        .map(({ metric }) => `${where}: ${metric}`),
    );
    expect(wrong).toEqual([]);
  });

  it('show only columns that the metrics of a table have', () => {
    const wrong = targets
      .filter(({ panel }) => panel.type === 'table')
      .flatMap(({ where, panel, all }) => {
        const labels = all.flatMap(({ expr }) =>
          selectorsOf(expr).flatMap(({ metric }) => Object.keys(metrics[metricOf(metric)]!.labels)),
        );
        const shown: string[] = panel.transformations!.find(({ id }) => id === 'filterFieldsByName')!.options
          .include.names;
        return shown
          .filter((name) => !name.startsWith('Value #') && ![...given, ...labels].includes(name))
          .map((name) => `${where}: ${name}`);
      });
    expect(wrong).toEqual([]);
  });
});

describe('generated', () => {
  const root = join(import.meta.dirname, '../..');

  describe('what is generated', () => {
    it('is what `npm run dashboards` writes', () => {
      const stale = [...generated()].filter(
        ([path, text]) => readFileSync(join(root, path), 'utf8') !== text,
      );
      expect(stale.map(([path]) => path)).toEqual([]);
    });

    it('has no board beside it that nothing generates', () => {
      const there = readdirSync(join(root, 'dashboards/boards')).map((name) => `dashboards/boards/${name}`);
      expect(there.filter((path) => !generated().has(path))).toEqual([]);
    });
  });
});
