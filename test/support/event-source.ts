import { get, type IncomingMessage } from 'node:http';

/** Something that has happened, as `/events` tells it. */
interface Happening {
  readonly run: string;
  readonly step?: { index: number; player: string; [value: string]: unknown };
  readonly event?: { kind: string; index: number; [field: string]: unknown };
  readonly missed?: number;
  readonly last?: number;
  readonly again?: true;
}

/** A batch as `/events` sends it, and the same sorted. */
export interface Batch {
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly events: Happening[];
  readonly steps: Record<string, { index: number; player: string; [value: string]: unknown }[]>;
  readonly runEvents: { run: string; kind: string; index: number }[];
  readonly status: Record<string, { state: string; done: number }>;
}

function sorted(batch: Batch): Batch {
  const steps: Batch['steps'] = {};
  for (const { run, step } of batch.events) if (step) steps[run] = [...(steps[run] ?? []), step];
  const runEvents = batch.events.flatMap(({ run, event }) => (event ? [{ run, ...event }] : []));
  return { ...batch, steps, runEvents, status: batch.status ?? {} };
}

/** What a listener has heard so far. */
export interface Listener {
  readonly status: number;
  readonly batches: Batch[];
  /** Ids of the batches. */
  readonly heard: string[];
  /** Waits until what was heard is enough. @throws where the stream ends before */
  until(enough: () => boolean): Promise<void>;
  close(): void;
  /** Settles when the server has ended the stream. */
  readonly ended: Promise<void>;
}

/** Listens to `/events` as a browser does. */
export function listenTo(url: string, lastEventId?: string): Promise<Listener> {
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  return new Promise((resolve, reject) => {
    const request = get(`${url}events`, { headers }, (response) =>
      resolve(listener(response, () => request.destroy())),
    );
    request.on('error', reject);
  });
}

function listener(response: IncomingMessage, close: () => void): Listener {
  const batches: Batch[] = [];
  const heard: string[] = [];
  let text = '';
  let waiting = () => {};
  response.setEncoding('utf8');
  response.on('data', (part: string) => {
    const messages = `${text}${part}`.split('\n\n');
    text = messages.pop()!;
    for (const message of messages) {
      const fields = new Map(message.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]));
      if (!fields.has('data')) continue;
      heard.push(fields.get('id')!);
      batches.push(sorted(JSON.parse(fields.get('data')!)));
    }
    waiting();
  });
  response.on('error', () => {});
  const ended = new Promise<void>((resolve) => response.on('close', resolve));
  const until = (enough: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      waiting = () => enough() && resolve();
      waiting();
      void ended.then(() => reject(new Error(`the stream ended after ${batches.length} batches`)));
    });
  return { status: response.statusCode!, batches, heard, until, close, ended };
}
