import {
  DataqueryBuilder,
  PromQueryFormat,
  QueryEditorMode,
} from '@grafana/grafana-foundation-sdk/prometheus';

/** A range query, drawn as lines; `legend` may hold labels as `{{run}}`. */
export function query(expr: string, legend: string): DataqueryBuilder {
  return new DataqueryBuilder().expr(expr).legendFormat(legend).range().editorMode(QueryEditorMode.Code);
}

/** A query of a histogram with its exemplars: a click on one opens the trace of that step. */
export function withExemplars(expr: string, legend: string): DataqueryBuilder {
  return query(expr, legend).exemplar(true);
}

/** The buckets of a histogram, for a heat map. */
export function buckets(expr: string): DataqueryBuilder {
  return query(expr, '{{le}}').format(PromQueryFormat.Heatmap);
}

/** The present values, one row each, for a table. */
export function rows(expr: string): DataqueryBuilder {
  return new DataqueryBuilder()
    .expr(expr)
    .instant()
    .format(PromQueryFormat.Table)
    .editorMode(QueryEditorMode.Code);
}

/** Every point as a row, for a panel that joins two queries by time. */
export function points(expr: string): DataqueryBuilder {
  return new DataqueryBuilder()
    .expr(expr)
    .range()
    .format(PromQueryFormat.Table)
    .editorMode(QueryEditorMode.Code);
}
