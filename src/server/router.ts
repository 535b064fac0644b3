import type { IncomingHttpHeaders } from 'node:http';
import type { HttpAnswer } from './answer.ts';
import { Refusal } from './errors.ts';

/** A request, as far as a handler may look at it. */
export interface Asked {
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Reads the body, once. */
  body(): Promise<string>;
}

/** Answers a request. @throws Refusal */
export type Handler = (asked: Asked) => HttpAnswer | Promise<HttpAnswer>;

/** What is served under a path. */
export type Route = { readonly GET: Handler } | { readonly POST: Handler };

const plain = /^\/[A-Za-z0-9._/-]*$/;
const oneRun = /^\/api\/runs\/([A-Za-z0-9-]{1,63})$/;
const onePicture = /^\/api\/runs\/([A-Za-z0-9-]{1,63})\/samples\/([A-Za-z0-9._-]{1,104})$/;

/**
 * The paths that exist: a fixed list, and the runs and pictures by name. Nothing of a request
 * becomes part of a path on disk.
 */
export class Router {
  readonly #routes: ReadonlyMap<string, Route>;
  readonly #run: (id: string) => Promise<HttpAnswer>;
  readonly #picture: (id: string, name: string) => Promise<HttpAnswer>;

  constructor(
    routes: ReadonlyMap<string, Route>,
    run: (id: string) => Promise<HttpAnswer>,
    picture: (id: string, name: string) => Promise<HttpAnswer>,
  ) {
    this.#routes = routes;
    this.#run = run;
    this.#picture = picture;
  }

  /**
   * What answers a method and a target, HEAD as GET does.
   * @throws Refusal: 400 for a target that is no plain path, 404, or 405 with the methods that are
   * allowed
   */
  find(method: string, target: string): { handler: Handler; query: URLSearchParams } {
    const at = target.indexOf('?');
    const path = at === -1 ? target : target.slice(0, at);
    if (!plain.test(path)) throw new Refusal(400, 'path: expected letters, digits, dots, dashes and slashes');
    const route = this.#routes.get(path) ?? this.#named(path);
    if (route === undefined) throw new Refusal(404, 'there is nothing here');
    const query = new URLSearchParams(at === -1 ? '' : target.slice(at + 1));
    if ('GET' in route) {
      if (method !== 'GET' && method !== 'HEAD') throw notAllowed('GET, HEAD');
      return { handler: route.GET, query };
    }
    if (method !== 'POST') throw notAllowed('POST');
    return { handler: route.POST, query };
  }

  #named(path: string): Route | undefined {
    const run = oneRun.exec(path);
    if (run !== null) return { GET: () => this.#run(run[1]!) };
    const picture = onePicture.exec(path);
    if (picture !== null) return { GET: () => this.#picture(picture[1]!, picture[2]!) };
    return undefined;
  }
}

function notAllowed(allow: string): Refusal {
  return new Refusal(405, `method: expected ${allow}`, { allow });
}
