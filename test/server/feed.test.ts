import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Feed } from '../../src/server/feed.ts';
import type { RunStatus } from '../../src/server/run-status.ts';
import { type Listener, listenTo } from '../support/event-source.ts';

const step = (index: number) => ({
  index,
  player: 'critic',
  seconds: 0.0123456,
  values: { loss: index / 2 },
});

let feed: Feed;
let server: Server;
let url: string;
let status: Record<string, RunStatus>;
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

const stepsOf = ({ batches }: Listener) =>
  batches.flatMap(({ steps }) => steps.a ?? []).map(({ index }) => index);

const at = '2026-01-01T00:00:00.000Z';
const samples = (index: number) => ({ at, kind: 'samples', index, path: 'x' }) as const;
const rollback = (index: number, from: number) =>
  ({ at, kind: 'rollback', index, from, reason: 'x', factor: 0.5 }) as const;

describe('Feed', () => {
  it('sends what happens in its order, numbered, steps as the log has them', async () => {
    const listener = await listen();
    feed.step('a', step(0));
    feed.event('a', samples(1));
    feed.step('a', step(1));
    feed.again('b');
    const { epoch, seq } = feed.position();
    expect(seq).toBe(4);
    await listener.until(() => listener.batches.length === 2);
    expect(listener.batches).toMatchObject([
      { epoch, from: 0, to: 0, events: [] },
      {
        epoch,
        from: 0,
        to: 4,
        events: [
          { run: 'a', step: { index: 0, player: 'critic', seconds: 0.01235, loss: 0 } },
          { run: 'a', event: samples(1) },
          { run: 'a', step: { index: 1, player: 'critic', seconds: 0.01235, loss: 0.5 } },
          { run: 'b', again: true },
        ],
      },
    ]);
    expect(listener.heard).toEqual([`${epoch}-0`, `${epoch}-4`]);
  });

  it('tells a newcomer what comes, or what has come since the position that it names', async () => {
    feed.step('a', step(0));
    const { epoch } = feed.position();
    const [now, before] = [await listen(), await listen(`${epoch}-0`)];
    await before.until(() => stepsOf(before).length === 1);
    feed.step('a', step(1));
    await now.until(() => stepsOf(now).length === 1);
    expect(stepsOf(now)).toEqual([1]);
  });

  it('goes on where a client was cut off', async () => {
    const first = await listen();
    feed.step('a', step(0));
    await first.until(() => stepsOf(first).length === 1);
    first.close();
    feed.step('a', step(1));
    const second = await listen(first.heard.at(-1));
    await second.until(() => stepsOf(second).length === 1);
    expect(stepsOf(second)).toEqual([1]);
    expect(second.batches[0]!.from).toBe(1);
  });

  it.each(['other-0', '', 'nonsense', '-', 'x-1e9', 'x--1'])(
    'lets the numbers show it to a client that names %j',
    async (id) => {
      feed.step('a', step(0));
      const { epoch, seq } = feed.position();
      const listener = await listen(id);
      await listener.until(() => listener.batches.length === 1);
      expect(listener.batches[0]).toMatchObject({ epoch, from: seq, to: seq, events: [] });
    },
  );

  it('lets the numbers show it to a client that has missed more than is kept', async () => {
    const first = await listen();
    feed.step('a', step(0));
    await first.until(() => first.heard.length === 2);
    first.close();
    for (let i = 0; i < 5000; i++) feed.event('a', samples(i));
    const second = await listen(first.heard.at(-1));
    await second.until(() => second.batches.length > 0);
    expect(second.batches[0]).toMatchObject({ from: 905, to: 5001 });
    expect(second.batches[0]!.runEvents).toHaveLength(4096);
  });

  it('sends no more steps in a batch than a page can draw, and says how many it leaves out', async () => {
    const listener = await listen();
    for (let i = 0; i < 100_000; i++) feed.step('a', step(i));
    await listener.until(() => listener.batches.length > 1);
    expect(stepsOf(listener)).toEqual(Array.from({ length: 500 }, (_, i) => i));
    expect(listener.batches[1]!.events.at(-1)).toEqual({ run: 'a', missed: 99_500, last: 99_999 });
  });

  it('gives what is left out behind a position a number behind it', () => {
    for (let i = 0; i < 501; i++) feed.step('a', step(i));
    expect(feed.position().seq).toBe(501);
    feed.step('a', step(501));
    feed.step('a', step(502));
    expect(feed.position().seq).toBe(502);
  });

  it('knows the steps of a run behind one that was read, since it went back', () => {
    for (const index of [0, 1, 2]) feed.step('a', step(index));
    feed.step('b', step(9));
    const behind = (index: number) => {
      const { steps, missing } = feed.stepsAfter('a', index);
      return [steps.map(({ index }) => index), missing];
    };
    expect(behind(0)).toEqual([[1, 2], false]);
    feed.event('a', rollback(1, 3));
    feed.step('a', step(1));
    expect(behind(0)).toEqual([[1], false]);
    for (let i = 2; i < 600; i++) feed.step('a', step(i));
    expect(behind(599)).toEqual([[], false]);
    expect(behind(550)).toEqual([[], true]);
  });

  it('sends the status when it changes, and to newcomers', async () => {
    const listener = await listen();
    const { version } = feed.position();
    status = { a: { state: 'running', done: 1, stages: [] } };
    await listener.until(() => listener.batches.length === 2);
    expect(listener.batches[1]!.status).toEqual(status);
    expect(feed.position()).toMatchObject({ version: version + 1, status });
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
    const ended = { at, kind: 'ended', index: 1, ended: 'finished' } as const;
    feed.event('a', ended);
    feed.close();
    await listener.ended;
    expect(listener.batches.at(-1)!.runEvents).toEqual([{ run: 'a', ...ended }]);
  });
});
