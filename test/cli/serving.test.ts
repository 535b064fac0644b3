import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addressOf, tokenIn } from '../../src/cli/serving.ts';
import { scratchFolder, small, weir } from '../support/weir.ts';

const folder = scratchFolder();

describe('addressOf', () => {
  it('is what a server takes', () => {
    expect(addressOf({ host: '::1', port: 0, allowHost: ['a'] })).toEqual({
      host: '::1',
      port: 0,
      allowHosts: ['a'],
    });
    expect(addressOf({})).toEqual({});
  });

  it.each([-1, 65_536, 1.5])('refuses port %d', (port) => {
    expect(() => addressOf({ port })).toThrow(`--port: expected a whole number from 0 to 65535, got ${port}`);
  });
});

describe('tokenIn', () => {
  it('is off unless it is asked for', () => {
    expect(tokenIn({})).toBeUndefined();
    expect(tokenIn({ control: join(folder, 'token') })).toBeDefined();
    writeFileSync(join(folder, 'open'), 'x'.repeat(50), { mode: 0o644 });
    expect(() => tokenIn({ control: join(folder, 'open') })).toThrow('has mode 0644');
  });
});

describe('a run that cannot be served', () => {
  it('is refused before its directory is made, with the port that was named', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const out = join(folder, 'run');
    const { code, stderr } = await weir('train', 'wgan', ...small, '--port', String(port), '--out', out);
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`--port: expected a port that is not in use, got 127.0.0.1 port ${port}`);
    expect(existsSync(out)).toBe(false);
  });
});
