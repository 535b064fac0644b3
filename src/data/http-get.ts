import { type IncomingMessage, request as plain } from 'node:http';
import { request as encrypted } from 'node:https';
import { given } from '../base/index.ts';

/** What goes with a request. */
export interface GetOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

const redirections = [301, 302, 303, 307, 308];
const mostRedirections = 5;
const silence = 300_000;

/**
 * The answer to a GET request of an http or https address, after at most five redirections. Its
 * body is still unread: a listener of `data` that is added before the next step of the event loop
 * gets every byte that arrives. (The body of `fetch` drops the bytes that it has received and not
 * handed over when the connection breaks.) A server that says nothing for five minutes is given up.
 * @throws the error of the connection; a `TypeError` for a redirection that leads nowhere
 */
export async function httpGet(address: string, options: GetOptions): Promise<IncomingMessage> {
  let url = new URL(address);
  for (let hop = 0; hop <= mostRedirections; hop++) {
    const response = await ask(url, options);
    if (!redirections.includes(response.statusCode!)) return response;
    response.destroy();
    const { location = 'http://' } = response.headers;
    if (!URL.canParse(location, url.href) || !/^https?:$/.test(new URL(location, url).protocol))
      throw new TypeError(`a redirection to ${response.headers.location}`);
    url = new URL(location, url);
  }
  throw new TypeError(`more than ${mostRedirections} redirections`);
}

function ask(url: URL, { headers, signal }: GetOptions): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? encrypted : plain;
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers, agent: false, timeout: silence, ...given({ signal }) });
    asked.on('timeout', () => asked.destroy(new Error('no answer in five minutes')));
    asked.on('error', reject);
    asked.on('response', resolve);
    asked.end();
  });
}
