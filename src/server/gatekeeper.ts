import type { IncomingMessage } from 'node:http';
import { Refusal } from './errors.ts';
import type { HostList } from './host-list.ts';

const methods: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', 'POST']);

/**
 * Refuses requests before they are routed: another method, a target that is not a path of this
 * server, a body where none belongs, a foreign Host (DNS rebinding) or a foreign Origin (a page of
 * another site).
 * @throws Refusal
 */
export function admit(request: IncomingMessage, hosts: HostList): void {
  const { method, url = '', headers, rawHeaders, httpVersion } = request;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') throw new Refusal(505, 'version: expected HTTP/1.1');
  if (!methods.has(method))
    throw new Refusal(405, 'method: expected GET, HEAD or POST', { allow: 'GET, HEAD, POST' });
  if (!url.startsWith('/')) throw new Refusal(400, 'target: expected a path');
  const named = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length;
  if (named > 1) throw new Refusal(400, 'Host: expected one');
  if (!hosts.allows(headers.host))
    throw new Refusal(403, 'Host: expected one that this server is known by (allowHosts, --allow-host)');
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}` && origin !== `https://${headers.host}`)
    throw new Refusal(403, 'Origin: expected this server itself');
  const carries = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (method !== 'POST' && carries)
    throw new Refusal(400, `body: expected none with ${method}`, { connection: 'close' });
}
