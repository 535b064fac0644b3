import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve, tokenFrom } from '../../src/server/index.ts';
import { madeUpRun } from '../support/made-up-run.ts';
import { rawRequest, statuses } from '../support/raw-request.ts';
import { rawRequests } from '../support/raw-request-table.ts';
import { scratchFolder } from '../support/weir.ts';

const folder = scratchFolder();
const done: string[] = [];
const warnings: string[] = [];
const token = tokenFrom(join(folder, 'token'));
const secret = readFileSync(join(folder, 'token'), 'utf8').trim();
const table = rawRequests(secret);
let served: Served;

beforeAll(async () => {
  madeUpRun(join(folder, 'runs', 'a'), { done: 10, samples: 1, ended: 'finished' });
  const note = (name: string) => () => void done.push(name);
  const commands = {
    pause: note('pause'),
    resume: note('resume'),
    stop: note('stop'),
    checkpoint: note('checkpoint'),
    rate: note('rate'),
  };
  const directory = join(folder, 'runs');
  served = await serve({
    directory,
    port: 0,
    control: { token, commands },
    warn: (message) => warnings.push(message),
  });
});
afterAll(() => served.close());

const ask = async (bytes: string, answers = 1) => statuses(await rawRequest(served.port, bytes, answers));
const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;

describe('raw requests', () => {
  it.each([
    [
      'a body that is too long',
      413,
      `POST /control HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\nauthorization: Bearer ${secret}\r\ncontent-length: 17000\r\n\r\n${' '.repeat(17_000)}`,
    ],
    ['a body where none belongs', 400, 'GET / HTTP/1.1\r\nHost: localhost\r\ncontent-length: 2\r\n\r\nab'],
  ])(
    'closes the connection behind %s: what follows in it may be the rest of that',
    async (_, status, bytes) => {
      const behind = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';
      // Two answers are waited for, so that only the server ends this.
      const answer = await rawRequest(served.port, `${bytes}${behind}`, 2);
      expect(statuses(answer)).toEqual([status]);
      expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    },
  );

  it('has a table of at least sixty', () => {
    expect(table.length).toBeGreaterThanOrEqual(60);
    expect(new Set(table.map(([what]) => what)).size).toBe(table.length);
  });

  it.each(table)('answers %s as it should', async (_, bytes, expected) => {
    expect(await ask(bytes, expected.length)).toEqual(expected);
  });

  it('has done what was commanded by whoever may, and nothing else', () => {
    expect(done).toEqual(['pause', 'pause']);
  });

  it('gives nothing of the machine away in an answer', async () => {
    for (const [, bytes, expected] of table) {
      const answer = await rawRequest(served.port, bytes, expected.length, 100);
      expect(answer).not.toContain('root:');
      expect(answer).not.toContain(secret);
      expect(answer).not.toContain('node_modules');
    }
  });

  it('cuts off who takes too long to send the headers', async () => {
    const socket = connect(served.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (part) => {
      answer += part;
    });
    socket.write('GET / HTTP/1.1\r\n');
    const drip = setInterval(() => socket.write('X: y\r\n'), 500);
    await new Promise((resolve) => socket.on('close', resolve));
    clearInterval(drip);
    expect(statuses(answer)).toEqual([408]);
  });

  it('closes the connections beyond its limit, and takes new ones when those have gone', async () => {
    const sockets: Socket[] = [];
    for (let i = 0; i < 40; i++) sockets.push(connect(served.port, '127.0.0.1').on('error', () => {}));
    const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    // Eight of forty are too many.
    await Promise.race(closed);
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
    // The server may hear of a new connection before it hears that the others have gone.
    await expect.poll(() => ask(get('/healthz'))).toEqual([200]);
  });

  it('is alive after all of this, and has warned of nothing', async () => {
    expect(await ask(get('/healthz'))).toEqual([200]);
    expect(warnings).toEqual([]);
  });
});
