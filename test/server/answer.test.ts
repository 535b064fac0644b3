import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begin, json, send, text } from '../../src/server/answer.ts';

const server = createServer((request, response) => {
  if (request.url === '/stream') {
    begin(response, 'text/event-stream');
    response.end('data: x\n\n');
  } else send(response, json({ a: 'ä' }, 201), request.method === 'HEAD');
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe('send', () => {
  it('answers with status, type, length, and headers that let nothing foreign in', async () => {
    const answer = await fetch(url);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-length')).toBe('10');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({ a: 'ä' });
  });

  it('leaves the body out for HEAD and says how long it would be', async () => {
    const answer = await fetch(url, { method: 'HEAD' });
    expect(answer.headers.get('content-length')).toBe('10');
    expect(await answer.text()).toBe('');
  });
});

describe('begin', () => {
  it('begins an answer under the same headers', async () => {
    const answer = await fetch(`${url}/stream`);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await answer.text()).toBe('data: x\n\n');
  });
});

describe('json and text', () => {
  it('are 200 unless something else is said', () => {
    expect(json([1])).toEqual({ status: 200, type: 'application/json; charset=utf-8', body: '[1]' });
    expect(text('no', 404)).toEqual({ status: 404, type: 'text/plain; charset=utf-8', body: 'no\n' });
  });
});
