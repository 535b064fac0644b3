import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Feed } from '../../../src/telemetry/server/feed.ts';
import { type Listener, listenTo } from '../../support/event-source.ts';

const turn = (index: number) => ({
  index,
  player: 'critic',
  seconds: 0.0123456,
  values: { loss: index / 2 },
});

let feed: Feed;
let server: Server;
let url: string;
let status: unknown;
let listeners: Listener[];

beforeEach(async () => {
  status = {};
  listeners = [];
  feed = new Feed(() => status, 3);
  server = createServer((request, response) => {
    const last = request.headers['last-event-id'] as string | undefined;
    if (!feed.attach(response, last)) response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterEach(() => {
  feed.close();
  server.closeAllConnections();
  server.close();
});

async function listen(lastEventId?: string): Promise<Listener> {
  const listener = await listenTo(url, lastEventId);
  listeners.push(listener);
  return listener;
}

const turnsOf = ({ batches }: Listener) =>
  batches.flatMap(({ turns }) => turns.a ?? []).map(({ index }) => index);

describe('Feed', () => {
  it('sends turns as the log has them, and notices, in batches', async () => {
    const listener = await listen();
    feed.turn('a', turn(0));
    feed.turn('a', turn(1));
    feed.notice('a', { kind: 'started', index: 0, steps: 9 });
    await listener.until(() => listener.batches.length > 0);
    expect(listener.batches).toEqual([
      {
        turns: {
          a: [
            { index: 0, player: 'critic', seconds: 0.01235, loss: 0 },
            { index: 1, player: 'critic', seconds: 0.01235, loss: 0.5 },
          ],
        },
        notices: [{ run: 'a', kind: 'started', index: 0, steps: 9 }],
        status: {},
      },
    ]);
  });

  it('tells a newcomer what is still known', async () => {
    feed.turn('a', turn(0));
    const listener = await listen();
    await listener.until(() => turnsOf(listener).length === 1);
  });

  it('goes on where a client was cut off', async () => {
    const first = await listen();
    feed.turn('a', turn(0));
    await first.until(() => turnsOf(first).length === 1);
    first.close();
    feed.turn('a', turn(1));
    const second = await listen(first.heard.at(-1));
    await second.until(() => turnsOf(second).length === 1);
    expect(turnsOf(second)).toEqual([1]);
    expect(second.heard).not.toContain('anew');
  });

  it.each(['other-0', '', 'nonsense', '-', 'x-1e9'])('lets a client begin anew that names %j', async (id) => {
    const listener = await listen(id);
    feed.turn('a', turn(0));
    await listener.until(() => turnsOf(listener).length === 1);
    expect(listener.heard[0]).toBe('anew');
  });

  it('lets a client begin anew that has missed more than is kept', async () => {
    const first = await listen();
    feed.turn('a', turn(0));
    await first.until(() => first.heard.length === 1);
    first.close();
    for (let i = 0; i < 5000; i++) feed.notice('a', { kind: 'samples', index: i, path: 'x' });
    const second = await listen(first.heard.at(-1));
    await second.until(() => second.batches.length > 0);
    expect(second.heard[0]).toBe('anew');
    expect(second.batches[0]!.notices).toHaveLength(4096);
  });

  it('sends no more turns in a batch than a page can draw', async () => {
    const listener = await listen();
    for (let i = 0; i < 100_000; i++) feed.turn('a', turn(i));
    await listener.until(() => listener.batches.length > 0);
    expect(turnsOf(listener)).toEqual(Array.from({ length: 500 }, (_, i) => i));
  });

  it('sends the status when it changes, and to newcomers', async () => {
    const listener = await listen();
    status = { a: { state: 'running', turns: 1 } };
    await listener.until(() => listener.batches.length === 1);
    expect(listener.batches[0]!.status).toEqual(status);
    const late = await listen();
    await late.until(() => late.batches.length === 1);
    expect(late.batches[0]!.status).toEqual(status);
  });

  it('refuses those who come when it is full, and lets them in when somebody has gone', async () => {
    const three = [await listen(), await listen(), await listen()];
    expect((await listen()).status).toBe(503);
    three[0]!.close();
    while (feed.clients === 3) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await listen()).status).toBe(200);
  });

  it('sends what is left when it is closed, and ends the streams', async () => {
    const listener = await listen();
    feed.notice('a', { kind: 'ended', index: 1, ended: 'finished' });
    feed.close();
    await listener.ended;
    expect(listener.batches.at(-1)!.notices).toEqual([
      { run: 'a', kind: 'ended', index: 1, ended: 'finished' },
    ]);
  });
});
