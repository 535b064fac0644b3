import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { HostList } from '../../src/server/host-list.ts';

describe('HostList', () => {
  it('knows this machine by its own names, with and without a port', () => {
    const hosts = new HostList('127.0.0.1');
    for (const host of ['localhost', 'LOCALHOST:9464', '127.0.0.1', '127.0.0.1:1', '[::1]:9464', '[::1]'])
      expect(hosts.allows(host), host).toBe(true);
  });

  it('turns away every other name, also one that resembles', () => {
    const hosts = new HostList('127.0.0.1');
    const foreign = [
      'evil.example',
      'localhost.evil.example',
      'evil.example:9464',
      '127.0.0.1.nip.io',
      '127.0.0.2',
      '0.0.0.0',
      'localhost:',
      'localhost:123456',
      'localhost:80:80',
      '[::1',
      '::1',
      'user@localhost',
      '',
      ' ',
      'localhost/',
    ];
    for (const host of [...foreign, undefined]) expect(hosts.allows(host), host).toBe(false);
  });

  it('knows the address it is bound to, and further names that it was told', () => {
    const hosts = new HostList('192.0.2.7', ['trainer', 'Weir.Example', '2001:db8::7']);
    for (const host of ['192.0.2.7:9464', 'trainer:9464', 'weir.example', '[2001:db8::7]:80'])
      expect(hosts.allows(host), host).toBe(true);
    expect(hosts.allows('192.0.2.8')).toBe(false);
  });

  it('knows all addresses of this machine where it is bound to all of them', () => {
    const hosts = new HostList('0.0.0.0');
    for (const { address, family } of Object.values(networkInterfaces()).flatMap((list) => list ?? []))
      expect(hosts.allows(family === 'IPv6' ? `[${address}]:1` : `${address}:1`), address).toBe(true);
    expect(hosts.allows('evil.example')).toBe(false);
    expect(hosts.allows('192.0.2.8')).toBe(false);
  });

  it.each(['a b', 'host:80', '', 'x/y'])('refuses the name %j', (name) => {
    expect(() => new HostList('127.0.0.1', [name])).toThrow(
      'allowHosts: expected a host name without a port, got',
    );
  });
});
