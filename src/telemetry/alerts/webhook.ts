import { show } from '../../base/index.ts';
import type { MetricRegistry } from '../metrics/registry.ts';

/** The body of a webhook's POST, as JSON. */
export interface AlertMessage {
  readonly run: string;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly index: number;
  readonly at: string;
}

const timeoutMs = 5000;
const queueLimit = 16;

/**
 * Posts alerts to an address, one after another, each within five seconds. It never throws and
 * never blocks: what fails or does not fit into the queue is counted in `weir_webhooks_total`.
 */
export class Webhook {
  readonly #url: URL;
  readonly #registry: MetricRegistry;
  readonly #queue: AlertMessage[] = [];
  #sending: Promise<void> | undefined;

  /** @throws RangeError when the address is none of http or https */
  constructor(address: string, registry: MetricRegistry) {
    this.#url = urlOf(address);
    this.#registry = registry;
  }

  send(message: AlertMessage): void {
    if (this.#queue.length >= queueLimit) this.#count('dropped');
    else {
      this.#queue.push(message);
      this.#sending ??= this.#drain();
    }
  }

  /** Waits until every alert is sent or has failed. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  async #drain(): Promise<void> {
    for (let message = this.#queue.shift(); message !== undefined; message = this.#queue.shift()) {
      this.#count((await this.#post(message)) ? 'delivered' : 'failed');
    }
    this.#sending = undefined;
  }

  async #post(message: AlertMessage): Promise<boolean> {
    try {
      const { ok, body } = await fetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await body?.cancel();
      return ok;
    } catch {
      return false;
    }
  }

  #count(result: 'delivered' | 'failed' | 'dropped'): void {
    this.#registry.add('weir_webhooks_total', 1, { result });
  }
}

function urlOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new RangeError(`webhook: expected an http or https address, got ${show(address)}`);
}
