import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Webhook } from '../../../src/telemetry/alerts/webhook.ts';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { numbersOf } from '../metrics/numbers-of.ts';

const message = (index: number) => ({
  run: 'r',
  rule: 'ModeCollapse',
  severity: 'warning',
  message: 'alike',
  index,
  at: '2026-01-01T00:00:00Z',
});

/** A webhook and what arrives at its address. */
async function hook(status = 200) {
  const got: unknown[] = [];
  const server = createServer(async (request, response) => {
    got.push({
      method: request.method,
      type: request.headers['content-type'],
      body: JSON.parse(await text(request)),
    });
    response.statusCode = status;
    response.end('thanks');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const registry = new MetricRegistry();
  const webhook = new Webhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, registry);
  return { got, webhook, counts: () => numbersOf(registry, 'weir_webhooks_total') };
}

describe('the webhook', () => {
  it('posts alerts as JSON, one after another', async () => {
    const { got, webhook, counts } = await hook();
    webhook.send(message(1));
    webhook.send(message(2));
    await webhook.settled();
    expect(got).toEqual([1, 2].map((n) => ({ method: 'POST', type: 'application/json', body: message(n) })));
    expect(await counts()).toEqual({ delivered: 2, failed: 0, dropped: 0 });
  });

  it('counts what is refused, and what nobody answers', async () => {
    const { webhook, counts } = await hook(500);
    webhook.send(message(1));
    await webhook.settled();
    expect(await counts()).toEqual({ delivered: 0, failed: 1, dropped: 0 });
    const registry = new MetricRegistry();
    const nobody = new Webhook('http://127.0.0.1:9/', registry);
    nobody.send(message(1));
    await nobody.settled();
    expect(await numbersOf(registry, 'weir_webhooks_total')).toEqual({ delivered: 0, failed: 1, dropped: 0 });
  });

  it('drops what does not fit, rather than to keep ever more', async () => {
    const { got, webhook, counts } = await hook();
    for (let i = 0; i < 30; i++) webhook.send(message(i));
    await webhook.settled();
    expect(await counts()).toEqual({ delivered: 17, failed: 0, dropped: 13 });
    expect(got).toHaveLength(17);
  });

  it.each(['', 'example.org', 'file:///etc/passwd', 'javascript:alert(1)'])(
    'refuses the address %j',
    (address) => {
      expect(() => new Webhook(address, new MetricRegistry())).toThrow(
        `webhook: expected an http or https address, got ${JSON.stringify(address)}`,
      );
    },
  );
});
