import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemCode } from '../base/index.ts';
import { ListenError } from './errors.ts';

/** The default address: the port is that of the Prometheus exporters of OpenTelemetry. */
export const defaultPort = 9464;
const attempts = 20;

/**
 * Listens on the port that was named, or on the default one or the next that is free.
 * @returns the port
 * @throws ListenError when the named port is taken, may not be used, or the address is not one of
 * this machine
 */
export async function listen(server: Server, host: string, named: number | undefined): Promise<number> {
  for (let port = named ?? defaultPort; ; port++) {
    try {
      return await listening(server, host, port);
    } catch (error) {
      const code = systemCode(error);
      if (named === undefined && code === 'EADDRINUSE' && port < defaultPort + attempts) continue;
      throw new ListenError(
        `${optionAtFault(code)}: expected ${rules(code)}, got ${host} port ${port} (${code})`,
        {
          cause: error,
        },
      );
    }
  }
}

function optionAtFault(code: string | undefined): string {
  return code === 'EADDRINUSE' || code === 'EACCES' ? 'port' : 'host';
}

function rules(code: string | undefined): string {
  if (code === 'EADDRINUSE') return 'a port that is not in use';
  if (code === 'EACCES') return 'a port that this user may open';
  return 'an address of this machine';
}

function listening(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
