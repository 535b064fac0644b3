import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { TurnEvent } from '../../streams/index.ts';
import { macrotask } from '../../streams/index.ts';
import type { Notice } from '../observer.ts';
import { begin } from './answer.ts';

const kept = 4096;
const batchMs = 250;
/** Turns of a batch, so that a run of a million turns a second floods neither the network nor the page. */
const turnsPerBatch = 500;
const heartbeatBatches = 60;
const patientBytes = 4_000_000;

type Happening = { readonly run: string } & ({ readonly turn: TurnEvent } | { readonly notice: Notice });

interface Client {
  readonly response: ServerResponse;
  /** How many happenings it has been told, or has missed for good. */
  told: number;
  quiet: number;
}

/**
 * What happens in the runs, pushed to whoever listens: server-sent events, a batch each 250 ms. A client that was cut
 * off names the last event it got (Last-Event-ID) and is told what it missed, or to begin anew where that was too much.
 */
export class Feed {
  /** Numbers of another server's events mean nothing here. */
  readonly #epoch = randomBytes(6).toString('hex');
  readonly #ring: Happening[] = [];
  readonly #clients = new Set<Client>();
  readonly #mostClients: number;
  readonly #status: () => unknown;
  #happened = 0;
  #room = turnsPerBatch;
  #shown = '';
  #timer: { unsubscribe(): void } | undefined;

  /**
   * @param status what is sent with a batch where it has changed
   * @param mostClients who come later are refused
   */
  constructor(status: () => unknown = () => undefined, mostClients = 16) {
    this.#status = status;
    this.#mostClients = mostClients;
    this.#next();
  }

  get clients(): number {
    return this.#clients.size;
  }

  /** Takes a turn, or drops it where the batch is full: the log has them all. */
  turn(run: string, turn: TurnEvent): void {
    if (this.#room <= 0) return;
    this.#room--;
    this.#push({ run, turn });
  }

  notice(run: string, notice: Notice): void {
    this.#push({ run, notice });
  }

  /** Begins to tell a client. @returns false where there are too many already */
  attach(response: ServerResponse, lastEventId: string | undefined): boolean {
    if (this.#clients.size >= this.#mostClients) return false;
    begin(response, 'text/event-stream; charset=utf-8');
    const { told, lost } = this.#place(lastEventId);
    const client = { response, told, quiet: 0 };
    this.#clients.add(client);
    response.on('close', () => this.#clients.delete(client));
    response.write(`retry: 1000\n\n${lost ? 'event: anew\ndata: {}\n\n' : ''}`);
    this.#tell(client, this.#shown);
    return true;
  }

  /** Sends what there is and ends all connections. */
  close(): void {
    this.#timer?.unsubscribe();
    this.#batch();
    this.#timer?.unsubscribe();
    for (const { response } of this.#clients) response.end();
    this.#clients.clear();
  }

  #push(happening: Happening): void {
    this.#ring[this.#happened++ % kept] = happening;
  }

  /** Where a client goes on; with everything that is still known when it is new. */
  #place(lastEventId: string | undefined): { told: number; lost: boolean } {
    const oldest = Math.max(0, this.#happened - kept);
    if (lastEventId === undefined) return { told: oldest, lost: false };
    const [epoch, number] = lastEventId.split('-');
    const told = Number(number);
    const known =
      epoch === this.#epoch && Number.isSafeInteger(told) && told >= oldest && told <= this.#happened;
    return known ? { told, lost: false } : { told: oldest, lost: true };
  }

  #next(): void {
    this.#timer = macrotask.schedule(() => {
      this.#next();
      this.#batch();
    }, batchMs);
  }

  #batch(): void {
    this.#room = turnsPerBatch;
    if (this.#clients.size === 0) return;
    const status = JSON.stringify(this.#status() ?? {});
    const changed = status === this.#shown ? '' : status;
    this.#shown = status;
    for (const client of this.#clients) this.#tell(client, changed);
  }

  #tell(client: Client, status: string): void {
    const { response } = client;
    // One that does not read is let go; it comes back when it can.
    if (response.writableLength > patientBytes) return void response.destroy();
    const body = this.#body(Math.max(client.told, this.#happened - kept), status);
    if (body !== '') response.write(`id: ${this.#epoch}-${this.#happened}\ndata: ${body}\n\n`);
    else if (++client.quiet % heartbeatBatches === 0) response.write(':\n\n');
    client.told = this.#happened;
  }

  #body(from: number, status: string): string {
    if (from === this.#happened && status === '') return '';
    const turns: Record<string, object[]> = {};
    const notices: object[] = [];
    for (let i = from; i < this.#happened; i++) {
      const happening = this.#ring[i % kept]!;
      if ('notice' in happening) notices.push({ run: happening.run, ...happening.notice });
      else {
        const { run, turn } = happening;
        const lines = turns[run] ?? [];
        turns[run] = lines;
        lines.push(line(turn));
      }
    }
    return `{"turns":${JSON.stringify(turns)},"notices":${JSON.stringify(notices)},"status":${status || '{}'}}`;
  }
}

/** A turn as the log has it. */
function line({ index, player, seconds, values }: TurnEvent): object {
  return { index, player, seconds: Number(seconds.toPrecision(4)), ...values };
}
