import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { macrotask } from '../streams/index.ts';
import { type HttpAnswer, send, text } from './answer.ts';
import { Refusal } from './errors.ts';
import { admit } from './gatekeeper.ts';
import { HostList } from './host-list.ts';
import { listen } from './listen.ts';
import { readBody } from './request-body.ts';
import { Router } from './router.ts';
import { type Site, type SiteOptions, siteOf } from './site.ts';

/** Where a server listens, and what it serves. */
export interface ServeOptions extends SiteOptions {
  /** 127.0.0.1 by default: only processes on this machine can connect. */
  readonly host?: string;
  /** The default is 9464, or the next that is free. */
  readonly port?: number;
  /** Further names by which clients may call it. */
  readonly allowHosts?: readonly string[];
}

/** A server that runs. */
export interface Served {
  /** For a browser: `http://127.0.0.1:9464/`. */
  readonly url: string;
  readonly port: number;
  /** The observer of the run of this process. */
  readonly live: Site['live'];
  /** Pages that listen. */
  readonly clients: number;
  /**
   * Reads the log of the run of this process, so that its curves are ready when they are asked for.
   */
  readAhead(): void;
  /** Ends all connections and listens no more. */
  close(): Promise<void>;
}

/**
 * Serves the live page, the interface that it uses, `/metrics`, `/healthz` and `/readyz`. Requests
 * are few and small: paths are a fixed list, headers at most 8 KB, bodies 16 KB, 32 connections,
 * seconds to send a request. What goes wrong in it is a warning and never touches a run.
 * @throws ListenError, RangeError for a host name that is none
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const { host = '127.0.0.1', allowHosts, warn } = options;
  const hosts = new HostList(host, allowHosts);
  const site = siteOf(options);
  const router = new Router(site.routes, site.run, site.picture);
  const server = limited((request, response) => {
    answer(request, response, hosts, router, site).catch((error: unknown) => {
      warn(`a request was not answered: ${error}`);
      response.destroy();
    });
  });
  try {
    const port = await listen(server, host, options.port);
    // A run that may still be refused does not begin to read a log that can be long.
    if (options.live === undefined) site.readAhead();
    const name = isIP(host) === 6 ? `[${host}]` : host;
    return {
      url: `http://${name}:${port}/`,
      port,
      live: site.live,
      get clients() {
        return site.feed.clients;
      },
      readAhead: () => site.readAhead(),
      close: () => close(server, site),
    };
  } catch (error) {
    site.close();
    throw error;
  }
}

function limited(listener: (request: IncomingMessage, response: ServerResponse) => void): Server {
  const server = createServer(
    {
      maxHeaderSize: 8192,
      headersTimeout: 5000,
      requestTimeout: 10_000,
      keepAliveTimeout: 5000,
      connectionsCheckingInterval: 1000,
    },
    listener,
  );
  server.maxConnections = 32;
  server.maxRequestsPerSocket = 1000;
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  hosts: HostList,
  router: Router,
  site: Site,
): Promise<void> {
  const head = request.method === 'HEAD';
  try {
    admit(request, hosts);
    const { handler, query } = router.find(request.method!, request.url!);
    const { headers } = request;
    const answered = await handler({ query, headers, body: () => readBody(request) });
    if (answered === site.stream) stream(request, response, site, query);
    else send(response, answered, head);
  } catch (error) {
    if (response.headersSent) throw error;
    send(response, refusal(error, site.warn), head);
  }
  // What a client sends beyond the answer is not waited for.
  if (!request.complete) request.resume();
}

/**
 * A browser that was cut off names the last event itself; a page that has just read names the
 * position of that.
 */
function stream(
  request: IncomingMessage,
  response: ServerResponse,
  { feed }: Site,
  query: URLSearchParams,
): void {
  const last = request.headers['last-event-id'] ?? query.get('after');
  if (request.method === 'HEAD') send(response, { type: 'text/event-stream; charset=utf-8', body: '' }, true);
  else if (!feed.attach(response, typeof last === 'string' ? last : undefined))
    throw new Refusal(503, 'too many pages are open', { 'retry-after': '5' });
}

function refusal(error: unknown, warn: (message: string) => void): HttpAnswer {
  if (error instanceof Refusal) return { ...text(error.message, error.status), headers: error.headers };
  warn(`a request failed: ${error}`);
  return text('this failed; the program says why', 500);
}

/** Pages that are open get a moment to fetch what was drawn last. */
const farewellMs = 1000;

async function close(server: Server, site: Site): Promise<void> {
  const visited = site.feed.clients > 0;
  site.close();
  if (visited) await later(farewellMs);
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => {
    macrotask.schedule(resolve, ms);
  });
}
