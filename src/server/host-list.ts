import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { show } from '../base/index.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];
const hostHeader = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/;

/**
 * The names by which this server may be called. A page of another site can be made to call any
 * address under a name of its own (DNS rebinding), but not under one of these.
 */
export class HostList {
  readonly #names: ReadonlySet<string>;

  /**
   * @param bound the address that the server listens on; where it is every address, all of this
   * machine are allowed
   * @param more further names, as a reverse proxy or a container's neighbours would say
   * @throws RangeError for a name that no Host header could be
   */
  constructor(bound: string, more: readonly string[] = []) {
    const every = bound === '0.0.0.0' || bound === '::';
    const own = every
      ? Object.values(networkInterfaces()).flatMap((list) => list?.map(({ address }) => address) ?? [])
      : [bound];
    for (const name of more) {
      if (!hostHeader.test(bracketed(name)) || (name.includes(':') && isIP(name) === 0))
        throw new RangeError(`allowHosts: expected a host name without a port, got ${show(name)}`);
    }
    this.#names = new Set([...loopback, ...[...own, ...more].map(bracketed)]);
  }

  /** Whether a Host header, with or without a port, names this server. */
  allows(host: string | undefined): boolean {
    const name = hostHeader.exec(host?.toLowerCase() ?? '')?.[1];
    return name !== undefined && this.#names.has(name);
  }
}

function bracketed(name: string): string {
  return isIP(name) === 6 ? `[${name.toLowerCase()}]` : name.toLowerCase();
}
