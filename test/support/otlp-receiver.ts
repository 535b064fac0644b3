import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import protobuf from 'protobufjs';

/** The parts of opentelemetry/proto/collector/trace/v1 that a test looks at. */
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
  message Link { bytes trace_id = 1; bytes span_id = 2; }
  message Status { int32 code = 3; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue { oneof value { string text = 1; bool truth = 2; int64 whole = 3; double real = 4; } }
`);
const request = root.lookupType('Request');

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

/** A collector that takes traces by OTLP/HTTP protobuf and keeps every span. */
export async function otlpReceiver(first: Mode = 'take') {
  const spans: ReceivedSpan[] = [];
  let mode = first;
  let requests = 0;
  const server = createServer(async (incoming, response) => {
    const body = await buffer(incoming);
    const bytes = incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    requests++;
    if (mode === 'hang') return;
    if (mode === 'take') spans.push(...spansOf(bytes));
    else response.statusCode = 500;
    response.setHeader('content-type', 'application/x-protobuf');
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
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
  const plain = { arrays: true, defaults: true, longs: Number } as const;
  const message = request.toObject(request.decode(bytes), plain) as Message;
  return message.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map((span) => received(span, attributesOf(resource.attributes)))),
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
