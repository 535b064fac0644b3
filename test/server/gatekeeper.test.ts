import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { admit } from '../../src/server/gatekeeper.ts';
import { HostList } from '../../src/server/host-list.ts';

const hosts = new HostList('127.0.0.1');

function request(method: string, url: string, headers: Record<string, string>): IncomingMessage {
  const rawHeaders = Object.entries(headers).flat();
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const parsed = { method, url, headers: Object.fromEntries(lower), rawHeaders, httpVersion: '1.1' };
  return parsed as unknown as IncomingMessage;
}

const host = { Host: 'localhost:9464' };

describe('admit', () => {
  it('lets in what belongs here', () => {
    const ours = { ...host, Origin: 'http://localhost:9464' };
    expect(() => admit(request('GET', '/', host), hosts)).not.toThrow();
    expect(() => admit(request('POST', '/control', { ...ours, 'Content-Length': '9' }), hosts)).not.toThrow();
  });

  it.each([
    ['another method', 'DELETE', '/', host, 405],
    ['an absolute target', 'GET', 'http://localhost/', host, 400],
    ['a foreign Host', 'GET', '/', { Host: 'evil.example' }, 403],
    ['no Host', 'GET', '/', {}, 403],
    ['two Hosts', 'GET', '/', { Host: 'localhost', host: 'localhost' }, 400],
    ['a foreign Origin', 'GET', '/', { ...host, Origin: 'http://evil.example' }, 403],
    ['an Origin on another port', 'POST', '/control', { ...host, Origin: 'http://localhost:1' }, 403],
    ['no Origin to speak of', 'GET', '/', { ...host, Origin: 'null' }, 403],
    ['a body with GET', 'GET', '/', { ...host, 'Content-Length': '3' }, 400],
    ['a body in chunks with GET', 'GET', '/', { ...host, 'Transfer-Encoding': 'chunked' }, 400],
  ])('turns away %s', (_, method, url, headers, status) => {
    expect(() => admit(request(method, url, headers as Record<string, string>), hosts)).toThrow(
      expect.objectContaining({ status }),
    );
  });
});
