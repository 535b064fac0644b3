import { createServer, type Server } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { ListenError } from '../../src/server/errors.ts';
import { defaultPort, listen } from '../../src/server/listen.ts';

const servers: Server[] = [];
const server = () => {
  const made = createServer();
  servers.push(made);
  return made;
};
afterAll(() => {
  for (const one of servers) one.close();
});

describe('listen', () => {
  it('takes the next port where the default one is taken', async () => {
    const first = await listen(server(), '127.0.0.1', undefined);
    const second = await listen(server(), '127.0.0.1', undefined);
    expect(first).toBeGreaterThanOrEqual(defaultPort);
    expect(second).toBeGreaterThan(first);
  });

  it('refuses a named port that is taken, and names it', async () => {
    const port = await listen(server(), '127.0.0.1', 0);
    const refused = listen(server(), '127.0.0.1', port);
    await expect(refused).rejects.toThrow(
      `port: expected a port that is not in use, got 127.0.0.1 port ${port} (EADDRINUSE)`,
    );
    await expect(refused).rejects.toBeInstanceOf(ListenError);
  });

  it('refuses an address that is not of this machine', async () => {
    await expect(listen(server(), '192.0.2.1', 0)).rejects.toThrow(
      'host: expected an address of this machine',
    );
    // No other port makes it one.
    await expect(listen(server(), '192.0.2.1', undefined)).rejects.toThrow(
      `got 192.0.2.1 port ${defaultPort} (`,
    );
  });
});
