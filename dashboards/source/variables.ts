import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Board } from './board.ts';
import { chosenDataSource } from './data-source.ts';

/** The bar at the top of every board. Each choice narrows those to its right. */
export function variables(single?: Board['single']): Builder<VariableModel>[] {
  const kind = single === undefined || single === 'any' ? '' : `, kind="${single}"`;
  const series = `weir_run_info{job=~"$job", instance=~"$instance"${kind}}`;
  const run = labelVariable('run', 'Run', series, single === undefined);
  return [
    new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    labelVariable('job', 'Job', 'weir_run_info'),
    labelVariable('instance', 'Instance', 'weir_run_info{job=~"$job"}'),
    run,
  ];
}

/** @param several whether several values can be chosen; else the first is */
function labelVariable(name: string, label: string, series: string, several = true): QueryVariableBuilder {
  const variable = new QueryVariableBuilder(name)
    .label(label)
    .datasource(chosenDataSource)
    .query(`label_values(${series}, ${name})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc)
    .multi(several)
    .includeAll(several)
    .allValue('.+');
  return several ? variable.current({ text: ['All'], value: ['$__all'] }) : variable;
}
