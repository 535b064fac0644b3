import { RunCatalog } from '../runs/index.ts';
import type { HttpAnswer } from './answer.ts';
import { json, text } from './answer.ts';
import { Api } from './api.ts';
import { command, type RunCommands } from './control.ts';
import { Refusal } from './errors.ts';
import { Feed } from './feed.ts';
import { type LiveOptions, LiveRun } from './live-run.ts';
import { pageFiles } from './page-files.ts';
import type { Asked, Route } from './router.ts';
import { Tail } from './tail.ts';
import type { Token } from './token-file.ts';

/** Metrics in a format that Prometheus reads. */
export interface Exposition {
  readonly contentType: string;
  readonly body: string;
}

/** What is served. */
export interface SiteOptions {
  /** A run directory, or a folder of runs. */
  readonly directory: string;
  /** The run of this process, whose directory `directory` is; its neighbours are served too. */
  readonly live?: LiveOptions;
  /** Renders the metrics for the Accept header of a scrape. */
  readonly metrics?: (accept: string) => Promise<Exposition>;
  /** Who knows the token may command the run. */
  readonly control?: { readonly token: Token; readonly commands: RunCommands };
  warn(message: string): void;
}

/** Everything that a server answers, apart from how. */
export interface Site {
  readonly routes: ReadonlyMap<string, Route>;
  readonly live: LiveRun | undefined;
  readonly feed: Feed;
  /** Marks a response that stays open: that of `/events`. */
  readonly stream: HttpAnswer;
  run(id: string): Promise<HttpAnswer>;
  picture(id: string, name: string): Promise<HttpAnswer>;
  warn(message: string): void;
  /**
   * Reads the log of the run that is looked at first, so that its curves are ready when they are
   * asked for.
   */
  readAhead(): void;
  close(): void;
}

/** Puts together what is served. */
export function siteOf({ directory, live: own, metrics, control, warn }: SiteOptions): Site {
  // First, since it may fail, and what follows must be closed.
  const files = pageFiles();
  const shelf = own === undefined ? RunCatalog.at(directory) : RunCatalog.around(directory);
  const feed: Feed = new Feed(() => ({
    ...tail.status(),
    ...(live !== undefined && { [live.id]: live.status() }),
  }));
  const live = own === undefined ? undefined : new LiveRun(RunCatalog.idOf(directory), feed, own);
  const tail = new Tail(shelf, feed, warn, live?.id);
  const api = new Api(shelf, feed, live, control !== undefined);
  const stream: HttpAnswer = { type: 'text/event-stream', body: '' };
  const get = (handler: (asked: Asked) => HttpAnswer | Promise<HttpAnswer>): Route => ({ GET: handler });

  const routes = new Map<string, Route>([
    ...[...files].map(([path, file]): [string, Route] => [path, get(() => file)]),
    ['/healthz', get(() => text('alive'))],
    ['/readyz', get(() => (live === undefined || live.ready ? text('ready') : text('not now', 503)))],
    ['/events', get(() => stream)],
    ['/api/runs', get(() => api.runs())],
    ['/api/series', get(({ query }) => api.series(query))],
    ...(metrics === undefined ? [] : [['/metrics', get(scraping(metrics))] as [string, Route]]),
    ...(control === undefined ? [] : [['/control', commanding(control)] as [string, Route]]),
  ]);
  return {
    routes,
    live,
    feed,
    stream,
    warn,
    run: (id) => api.run(id),
    picture: (id, name) => api.sample(id, name),
    readAhead: () => void readAhead(shelf, live?.id, warn),
    close() {
      tail.close();
      feed.close();
    },
  };
}

async function readAhead(
  shelf: RunCatalog,
  own: string | undefined,
  warn: SiteOptions['warn'],
): Promise<void> {
  try {
    await (own === undefined ? await shelf.newest() : await shelf.find(own))?.catchUp();
  } catch (error) {
    warn(`the log was not read: ${error}`);
  }
}

/** Scrapes at the same time share one rendering. */
function scraping(metrics: (accept: string) => Promise<Exposition>) {
  const rendering = new Map<string, Promise<Exposition>>();
  return async ({ headers }: Asked): Promise<HttpAnswer> => {
    const accept = headers.accept ?? '';
    let shared = rendering.get(accept);
    if (shared === undefined) {
      shared = metrics(accept).finally(() => rendering.delete(accept));
      rendering.set(accept, shared);
    }
    const { contentType, body } = await shared;
    return { type: contentType, body };
  };
}

/** A page of another site can post a form here, but not JSON, nor the token. */
function commanding({ token, commands }: NonNullable<SiteOptions['control']>): Route {
  return {
    async POST({ headers, body }) {
      if (!/^application\/json(?:\s*;|$)/i.test(headers['content-type'] ?? ''))
        throw new Refusal(415, 'content-type: expected application/json');
      if (!token.matches(headers.authorization))
        throw new Refusal(401, 'authorization: expected the token of this run', {
          'www-authenticate': 'Bearer',
        });
      return json({ done: command(await body(), commands) });
    },
  };
}
