import { describe, expect, it } from 'vitest';
import { text } from '../../src/server/answer.ts';
import { ListenError, Refusal, TokenFileError } from '../../src/server/errors.ts';
import { type Asked, type Route, Router } from '../../src/server/router.ts';

const routes = new Map<string, Route>([
  ['/', { GET: () => text('page') }],
  ['/control', { POST: () => text('done') }],
]);
const router = new Router(
  routes,
  async (id) => text(`run ${id}`),
  async (id, name) => text(`picture ${name} of ${id}`),
);
const asked = {} as Asked;
const answer = async (method: string, target: string) =>
  (await router.find(method, target).handler(asked)).body;

describe('Router', () => {
  it('finds what is served under a path, for HEAD as for GET', async () => {
    expect(await answer('GET', '/')).toBe('page\n');
    expect(await answer('HEAD', '/?a=b')).toBe('page\n');
    expect(await answer('POST', '/control')).toBe('done\n');
  });

  it('finds runs and pictures by name', async () => {
    expect(await answer('GET', '/api/runs/run-1')).toBe('run run-1\n');
    expect(await answer('GET', '/api/runs/run-1/samples/step-01.png?v=2')).toBe(
      'picture step-01.png of run-1\n',
    );
  });

  it('reads the query', () => {
    expect(router.find('GET', '/?run=a&max=3').query.get('max')).toBe('3');
    expect([...router.find('GET', '/').query]).toEqual([]);
  });

  it.each([
    ['GET', '/none', 404],
    ['GET', '//', 404],
    ['GET', '/api/runs/', 404],
    ['GET', '/api/runs/a/b', 404],
    ['GET', '/../x', 404],
    ['GET', '/%2e%2e/x', 400],
    ['GET', '/a b', 400],
    ['GET', '/\\', 400],
    ['POST', '/', 405],
    ['GET', '/control', 405],
    ['POST', '/api/runs/a', 405],
  ])('refuses %s %s with %i', (method, target, status) => {
    expect(() => router.find(method, target)).toThrow(expect.objectContaining({ status }));
  });
});

describe('the errors of the server', () => {
  it('have stable codes, and are the fault of what was given', () => {
    expect(new ListenError('x')).toMatchObject({ code: 'LISTEN', kind: 'input', name: 'ListenError' });
    expect(new TokenFileError('x')).toMatchObject({ code: 'TOKEN_FILE', kind: 'input' });
  });

  it('carry what a client is answered', () => {
    const refusal = new Refusal(405, 'method: expected GET', { allow: 'GET' });
    expect(refusal).toMatchObject({
      status: 405,
      message: 'method: expected GET',
      headers: { allow: 'GET' },
    });
  });
});
