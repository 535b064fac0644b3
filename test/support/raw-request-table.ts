/**
 * What is sent, and the statuses of the answers: none where the connection is closed without one.
 */
export type RawRequest = readonly [what: string, bytes: string, expected: readonly number[]];

const host = 'Host: localhost\r\n';
const end = 'Connection: close\r\n\r\n';
const get = (target: string, headers = host) => `GET ${target} HTTP/1.1\r\n${headers}${end}`;

/** A command as its parts; each row of the table spoils one of them. */
function command(
  secret: string,
  parts: Partial<Record<'body' | 'type' | 'authorization' | 'extra', string>> & { length?: number } = {},
): string {
  const {
    body = '{"action":"pause"}',
    type = 'content-type: application/json\r\n',
    authorization = `authorization: Bearer ${secret}\r\n`,
    extra = '',
    length = Buffer.byteLength(body),
  } = parts;
  return `POST /control HTTP/1.1\r\n${host}${type}${authorization}${extra}content-length: ${length}\r\n${end}${body}`;
}

/**
 * What may come in over a socket, with the answer that it deserves. The rows named `a command` are
 * obeyed.
 */
export function rawRequests(secret: string): readonly RawRequest[] {
  return [
    ['the page', get('/'), [200]],
    ['HEAD', `HEAD / HTTP/1.1\r\n${host}${end}`, [200]],
    ['health', get('/healthz'), [200]],
    ['a query that nobody reads', get('/healthz?a=%00&b=..%2f'), [200]],
    ['a picture', get('/api/runs/a/samples/step-00000010.png'), [200]],

    ['a path that climbs', get('/../../etc/passwd'), [404]],
    ['a path that climbs from a file', get('/index.html/../../package.json'), [404]],
    ['a path that climbs in code', get('/%2e%2e/%2e%2e/etc/passwd'), [400]],
    ['a path that climbs with a coded slash', get('/..%2f..%2fetc%2fpasswd'), [400]],
    ['a path that climbs in code twice', get('/%252e%252e%252fetc/passwd'), [400]],
    ['a path that climbs with backslashes', get('/..\\..\\etc\\passwd'), [400]],
    ['a path with a NUL in code', get('/index.html%00.png'), [400]],
    ['a path with a NUL', get('/index.html\0'), [400]],
    ['a path that is another machine', get('//evil.example/'), [404]],
    ['a path with overlong UTF-8', get('/%c0%ae%c0%ae/etc/passwd'), [400]],
    ['a path beyond ASCII', get('/\u00e4'), [400]],
    ['a path with a space', get('/a b'), [400]],
    ['a path that is a property of objects', get('/__proto__'), [404]],
    ['a path that is a method of objects', get('/constructor'), [404]],
    ['a path that ends with a dot', get('/index.html.'), [404]],
    ['a path in other letters', get('/INDEX.html'), [404]],
    ['a file of the page that is not for browsers', get('/jsconfig.json'), [404]],
    ['a path of 7 KB', get(`/${'a'.repeat(7000)}`), [404]],
    ['a path of 1 MB', get(`/${'a'.repeat(1_000_000)}`), [431]],

    ['a run that climbs', get('/api/runs/..'), [404]],
    ['a run that climbs in code', get('/api/runs/%2e%2e'), [400]],
    ['a run in capitals', get('/api/runs/A'), [400]],
    ['a run with a dash in front', get('/api/runs/-rf'), [400]],
    ['a run with a name too long', get(`/api/runs/${'a'.repeat(64)}`), [404]],
    ['a picture that climbs', get('/api/runs/a/samples/..'), [404]],
    ['a picture that climbs to the config', get('/api/runs/a/samples/../config.yaml'), [404]],
    ['a picture that climbs in code', get('/api/runs/a/samples/..%2fconfig.yaml'), [400]],
    ['a picture that is none', get('/api/runs/a/samples/config.yaml'), [404]],
    ['curves of a run that climbs', get('/api/series?run=../a'), [400]],
    ['curves of a run with a NUL', get('/api/series?run=a%00'), [400]],
    ['curves without end', get('/api/series?run=a&max=1e9'), [400]],

    ['an absolute target', get('http://localhost/'), [400]],
    ['an absolute target elsewhere', get('http://evil.example/'), [400]],
    ['a file as target', get('file:///etc/passwd'), [400]],
    ['OPTIONS of everything', `OPTIONS * HTTP/1.1\r\n${host}${end}`, [405]],
    ['PUT', `PUT / HTTP/1.1\r\n${host}content-length: 0\r\n${end}`, [405]],
    ['DELETE', `DELETE /api/runs/a HTTP/1.1\r\n${host}${end}`, [405]],
    ['TRACE', `TRACE / HTTP/1.1\r\n${host}${end}`, [405]],
    ['PATCH', `PATCH / HTTP/1.1\r\n${host}${end}`, [405]],
    ['CONNECT', `CONNECT evil.example:443 HTTP/1.1\r\n${host}${end}`, []],
    ['a method that nobody knows', `BREW / HTTP/1.1\r\n${host}${end}`, [400]],
    ['POST to the page', `POST / HTTP/1.1\r\n${host}content-length: 0\r\n${end}`, [405]],
    ['GET of the command', get('/control'), [405]],
    ['GET with a body', `GET / HTTP/1.1\r\n${host}content-length: 3\r\n${end}abc`, [400]],
    ['an upgrade', get('/', `${host}Upgrade: websocket\r\n`), [200]],

    ['HTTP/0.9', 'GET /\r\n\r\n', [505]],
    ['HTTP/1.0 without Host', 'GET / HTTP/1.0\r\n\r\n', [403]],
    ['HTTP/2.0 by name', `GET / HTTP/2.0\r\n${host}${end}`, [505]],
    ['HTTP/2 by preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400]],
    ['noise', '\0\xff\xfe\r\n\r\n', [400]],
    ['nothing but line ends', '\r\n\r\n\r\n', []],

    ['no Host', get('/', ''), [400]],
    ['an empty Host', get('/', 'Host:\r\n'), [403]],
    ['a foreign Host', get('/', 'Host: evil.example\r\n'), [403]],
    ['a foreign Host that ends like ours', get('/', 'Host: localhost.evil.example\r\n'), [403]],
    ['a foreign Host that begins with ours', get('/', 'Host: 127.0.0.1.nip.io\r\n'), [403]],
    ['a Host with a user', get('/', 'Host: localhost@evil.example\r\n'), [403]],
    ['two Hosts', get('/', `${host}Host: localhost\r\n`), [400]],
    [
      'a foreign Host with ours as forwarded',
      get('/', 'Host: evil.example\r\nX-Forwarded-Host: localhost\r\n'),
      [403],
    ],
    ['a foreign Origin', get('/api/runs', `${host}Origin: http://evil.example\r\n`), [403]],
    ['an Origin that is null', get('/api/runs', `${host}Origin: null\r\n`), [403]],

    ['a header of 1 MB', get('/', `${host}X: ${'x'.repeat(1_000_000)}\r\n`), [431]],
    ['headers of 9 KB together', get('/', `${host}${'X-Long-Header: yyyy\r\n'.repeat(500)}`), [431]],
    ['a header with a bare line feed', get('/', `${host}X: a\nInjected: b\rc\r\n`), [400]],
    ['a header with a NUL', get('/', `${host}X: a\0b\r\n`), [400]],
    ['a header with a space in its name', get('/', `${host}X Y: a\r\n`), [400]],
    ['a folded header', get('/', `${host}X: a\r\n b\r\n`), [400]],
    ['an expectation', get('/', `${host}Expect: miracles\r\n`), [417]],

    [
      'two lengths',
      `POST /control HTTP/1.1\r\n${host}content-length: 1\r\ncontent-length: 2\r\n${end}ab`,
      [400],
    ],
    ['a length and chunks', command(secret, { extra: 'transfer-encoding: chunked\r\n' }), [400]],
    ['a length below zero', command(secret, { length: -1 }), [400]],
    ['a length that is no number', command(secret, { extra: 'x: y\r\n', length: Number.NaN }), [400]],
    ['chunks of an unknown kind', `GET / HTTP/1.1\r\n${host}transfer-encoding: gzip\r\n${end}`, [400]],

    ['a command', command(secret), [200]],
    ['a command from our page', command(secret, { extra: 'Origin: http://localhost\r\n' }), [200]],
    ['a command from a foreign page', command(secret, { extra: 'Origin: http://evil.example\r\n' }), [403]],
    ['a command as a form', command(secret, { type: 'content-type: text/plain\r\n' }), [415]],
    ['a command of no type', command(secret, { type: '' }), [415]],
    [
      'a command of a type that begins alike',
      command(secret, { type: 'content-type: application/jsonp\r\n' }),
      [415],
    ],
    ['a command without a token', command(secret, { authorization: '' }), [401]],
    [
      'a command with an empty token',
      command(secret, { authorization: 'authorization: Bearer \r\n' }),
      [401],
    ],
    [
      'a command with a short token',
      command(secret, { authorization: `authorization: Bearer ${secret.slice(1)}\r\n` }),
      [401],
    ],
    [
      'a command with a wrong token',
      command(secret, { authorization: `authorization: Bearer ${'x'.repeat(43)}\r\n` }),
      [401],
    ],
    [
      'a command with the token as a password',
      command(secret, { authorization: `authorization: Basic ${secret}\r\n` }),
      [401],
    ],
    [
      'a command with the token in its target',
      command(secret, { authorization: '' }).replace('/control', `/control?token=${secret}`),
      [401],
    ],
    ['a command that is not JSON', command(secret, { body: 'pause' }), [400]],
    [
      'a command that reaches for prototypes',
      command(secret, { body: '{"__proto__":{"action":"pause"}}' }),
      [400],
    ],
    ['a command of 17 KB', command(secret, { body: ' '.repeat(17_000) }), [413]],
    [
      'a command of 17 KB in chunks',
      `POST /control HTTP/1.1\r\n${host}content-type: application/json\r\nauthorization: Bearer ${secret}\r\ntransfer-encoding: chunked\r\n${end}4268\r\n${' '.repeat(17_000)}\r\n0\r\n\r\n`,
      [413],
    ],
    ['a command that says it is 1 GB', command(secret, { length: 1e9 }), []],

    [
      'three requests in a row',
      `GET /healthz HTTP/1.1\r\n${host}\r\nGET /none HTTP/1.1\r\n${host}\r\n${get('/healthz')}`,
      [200, 404, 200],
    ],
    [
      'a request behind a body',
      `POST / HTTP/1.1\r\n${host}content-length: 2\r\n\r\nab${get('/healthz')}`,
      [405, 200],
    ],
    ['a good request and then noise', `GET /healthz HTTP/1.1\r\n${host}\r\n\0\0\0`, [400]],
  ];
}
