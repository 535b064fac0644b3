import { get, type IncomingMessage } from 'node:http';

/** A batch as `/events` sends it. */
export interface Batch {
  readonly turns: Record<string, { index: number; player: string; [value: string]: unknown }[]>;
  readonly notices: { run: string; kind: string; index: number }[];
  readonly status: Record<string, { state: string; turns: number }>;
}

/** What a listener has heard so far. */
export interface Listener {
  readonly status: number;
  readonly batches: Batch[];
  /** Ids of the batches, and `anew` where it was told to begin anew. */
  readonly heard: string[];
  /** Waits until what was heard is enough. */
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
      if (fields.get('event') === 'anew') heard.push('anew');
      else if (fields.has('data')) {
        heard.push(fields.get('id')!);
        batches.push(JSON.parse(fields.get('data')!));
      }
    }
    waiting();
  });
  response.on('error', () => {});
  const until = (enough: () => boolean) =>
    new Promise<void>((resolve) => {
      waiting = () => enough() && resolve();
      waiting();
    });
  const ended = new Promise<void>((resolve) => response.on('close', resolve));
  return { status: response.statusCode!, batches, heard, until, close, ended };
}
