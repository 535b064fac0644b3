import type { ServerResponse } from 'node:http';

/** What a request is answered with. */
export interface HttpAnswer {
  readonly status?: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The page may load, run and send to this server only; it may not be framed, and caches keep
 * nothing.
 */
const everywhere = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Writes an answer; the body is left out where the request was HEAD. */
export function send(response: ServerResponse, answer: HttpAnswer, head: boolean): void {
  const { status = 200, type, body, headers = {} } = answer;
  response.writeHead(status, {
    ...everywhere,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(head ? undefined : body);
}

/** Begins an answer that goes on, as `send` would. */
export function begin(response: ServerResponse, type: string): void {
  response.writeHead(200, { ...everywhere, 'content-type': type });
}

/** An answer for programs. */
export function json(content: unknown, status = 200): HttpAnswer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(content) };
}

/** An answer for people. */
export function text(body: string, status = 200): HttpAnswer {
  return { status, type: 'text/plain; charset=utf-8', body: `${body}\n` };
}
