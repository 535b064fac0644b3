import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import protobuf from 'protobufjs';

/** The parts of opentelemetry/proto/collector of all three signals that a test looks at. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5;
    fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
    repeated KeyValue attributes = 9; repeated Link links = 13; Status status = 15;
  }
  message Metrics { repeated ResourceMetrics resource_metrics = 1; }
  message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; }
  message ScopeMetrics { repeated Metric metrics = 2; }
  message Metric {
    string name = 1; string unit = 3; Points gauge = 5; Points sum = 7; Histograms histogram = 9;
  }
  message Points { repeated Point data_points = 1; int32 temporality = 2; bool is_monotonic = 3; }
  message Point {
    repeated KeyValue attributes = 7; fixed64 start_time_unix_nano = 2; double as_double = 4;
  }
  message Histograms { repeated HistogramPoint data_points = 1; int32 temporality = 2; }
  message HistogramPoint {
    repeated KeyValue attributes = 9; fixed64 count = 4; double sum = 5;
    repeated fixed64 bucket_counts = 6; repeated double explicit_bounds = 7;
  }
  message Logs { repeated ResourceLogs resource_logs = 1; }
  message ResourceLogs { Resource resource = 1; repeated ScopeLogs scope_logs = 2; }
  message ScopeLogs { repeated LogRecord log_records = 2; }
  message LogRecord {
    int32 severity_number = 2; string severity_text = 3; AnyValue body = 5;
    repeated KeyValue attributes = 6; bytes trace_id = 9; bytes span_id = 10; string event_name = 12;
  }
  message Link { bytes trace_id = 1; bytes span_id = 2; }
  message Status { int32 code = 3; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue { oneof value { string text = 1; bool truth = 2; int64 whole = 3; double real = 4; } }
`);
const request = root.lookupType('Request');
const metricsRequest = root.lookupType('Metrics');
const logsRequest = root.lookupType('Logs');

/** A series of a metric as it arrived. */
export interface ReceivedMetric {
  readonly name: string;
  readonly unit: string;
  readonly kind: 'gauge' | 'counter' | 'histogram';
  readonly resource: Attributes;
  readonly attributes: Attributes;
  /** That of a gauge or counter; the sum of a histogram. */
  readonly value: number;
  /** Of a histogram: how many, the bounds, and how many in each bucket. */
  readonly count: number;
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

/** A log record as it arrived. */
export interface ReceivedLog {
  readonly event: string;
  readonly severity: string;
  readonly body: unknown;
  readonly traceId: string;
  readonly spanId: string;
  readonly resource: Attributes;
  readonly attributes: Attributes;
}

/** A span as it arrived; ids in hexadecimal, as exemplars name them. */
export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  /** Those of the program that made it. */
  readonly resource: Attributes;
  readonly attributes: Attributes;
  /** The ids of the spans that it is linked to. */
  readonly links: readonly string[];
  readonly seconds: number;
  readonly failed: boolean;
}

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** How the collector behaves: it takes spans, answers 500, or does not answer at all. */
export type Mode = 'take' | 'refuse' | 'hang';

type KeyValues = readonly { readonly key: string; readonly value: Attributes }[];

interface Message {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: KeyValues };
    readonly scopeSpans: readonly { readonly spans: readonly SpanMessage[] }[];
  }[];
}

interface SpanMessage {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly parentSpanId: Uint8Array;
  readonly name: string;
  readonly startTimeUnixNano: number;
  readonly endTimeUnixNano: number;
  readonly attributes: KeyValues;
  readonly links: readonly { readonly spanId: Uint8Array }[];
  readonly status: { readonly code: number } | null;
}

/** A collector that takes all three signals by OTLP/HTTP protobuf and keeps what it is sent. */
export async function otlpReceiver(first: Mode = 'take') {
  const spans: ReceivedSpan[] = [];
  const metrics: ReceivedMetric[] = [];
  const logs: ReceivedLog[] = [];
  let mode = first;
  let requests = 0;
  const server = createServer(async (incoming, response) => {
    const body = await buffer(incoming);
    const bytes = incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    requests++;
    if (mode === 'hang') return;
    if (mode === 'refuse') response.statusCode = 500;
    else if (incoming.url?.endsWith('/metrics')) metrics.push(...metricsOf(bytes));
    else if (incoming.url?.endsWith('/logs')) logs.push(...logsOf(bytes));
    else spans.push(...spansOf(bytes));
    response.setHeader('content-type', 'application/x-protobuf');
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    metrics,
    logs,
    requests: () => requests,
    behave: (next: Mode) => {
      mode = next;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function spansOf(bytes: Uint8Array): ReceivedSpan[] {
  const message = request.toObject(request.decode(bytes), plain) as Message;
  return message.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map((span) => received(span, attributesOf(resource.attributes)))),
  );
}

interface MetricsMessage {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: KeyValues };
    readonly scopeMetrics: readonly { readonly metrics: readonly MetricMessage[] }[];
  }[];
}

interface MetricMessage {
  readonly name: string;
  readonly unit: string;
  readonly gauge: { readonly dataPoints: readonly PointMessage[] } | null;
  readonly sum: { readonly dataPoints: readonly PointMessage[] } | null;
  readonly histogram: { readonly dataPoints: readonly PointMessage[] } | null;
}

interface PointMessage {
  readonly attributes: KeyValues;
  readonly asDouble?: number;
  readonly sum?: number;
  readonly count?: number;
  readonly explicitBounds?: readonly number[];
  readonly bucketCounts?: readonly number[];
}

const plain = { arrays: true, defaults: true, longs: Number } as const;

function metricsOf(bytes: Uint8Array): ReceivedMetric[] {
  const message = metricsRequest.toObject(metricsRequest.decode(bytes), plain) as MetricsMessage;
  return message.resourceMetrics.flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics.flatMap(({ metrics }) =>
      metrics.flatMap((metric) => seriesOf(metric, attributesOf(resource.attributes))),
    ),
  );
}

function seriesOf(metric: MetricMessage, resource: Attributes): ReceivedMetric[] {
  const { name, unit, gauge, sum, histogram } = metric;
  const kind = gauge ? 'gauge' : sum ? 'counter' : 'histogram';
  return (gauge ?? sum ?? histogram)!.dataPoints.map((point) => ({
    name,
    unit,
    kind,
    resource,
    attributes: attributesOf(point.attributes),
    value: point.asDouble ?? point.sum!,
    count: point.count ?? 0,
    bounds: point.explicitBounds ?? [],
    counts: point.bucketCounts ?? [],
  }));
}

interface LogsMessage {
  readonly resourceLogs: readonly {
    readonly resource: { readonly attributes: KeyValues };
    readonly scopeLogs: readonly {
      readonly logRecords: readonly {
        readonly eventName: string;
        readonly severityText: string;
        readonly body: Attributes;
        readonly traceId: Uint8Array;
        readonly spanId: Uint8Array;
        readonly attributes: KeyValues;
      }[];
    }[];
  }[];
}

function logsOf(bytes: Uint8Array): ReceivedLog[] {
  const message = logsRequest.toObject(logsRequest.decode(bytes), plain) as LogsMessage;
  const hex = (id: Uint8Array) => Buffer.from(id).toString('hex');
  return message.resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map((record) => ({
        event: record.eventName,
        severity: record.severityText,
        body: Object.values(record.body)[0],
        traceId: hex(record.traceId),
        spanId: hex(record.spanId),
        resource: attributesOf(resource.attributes),
        attributes: attributesOf(record.attributes),
      })),
    ),
  );
}

function received(span: SpanMessage, resource: Attributes): ReceivedSpan {
  const hex = (id: Uint8Array) => Buffer.from(id).toString('hex');
  return {
    name: span.name,
    traceId: hex(span.traceId),
    spanId: hex(span.spanId),
    parentSpanId: hex(span.parentSpanId),
    resource,
    attributes: attributesOf(span.attributes),
    links: span.links.map(({ spanId }) => hex(spanId)),
    seconds: (span.endTimeUnixNano - span.startTimeUnixNano) / 1e9,
    failed: span.status?.code === 2,
  };
}

function attributesOf(pairs: KeyValues): Attributes {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0]!]));
}
