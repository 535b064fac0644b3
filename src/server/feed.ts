import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { LoggedRunEvent, RunEvent } from '../runs/index.ts';
import type { StepEvent } from '../streams/index.ts';
import { macrotask } from '../streams/index.ts';
import { begin } from './answer.ts';
import type { RunStatus } from './run-status.ts';

const kept = 4096;
const batchMs = 250;
/**
 * Steps in a batch. The limit protects network and page from runs with a million steps per second.
 */
const stepsPerBatch = 500;
const heartbeatBatches = 60;
const patientBytes = 4_000_000;

/** A step as the log has it. */
export type FeedLine = Readonly<Record<string, number | string>>;

/**
 * Something that happens in a run: a step, an event, steps that are left out because the batch is
 * full (`last` is the newest of them), or a reason to read the whole run again.
 */
type Happening =
  | { readonly run: string; readonly step: StepEvent }
  | { readonly run: string; readonly event: LoggedRunEvent }
  | { readonly run: string; missed: number; last: number }
  | { readonly run: string; readonly again: true };

/**
 * A position in the stream of events, and how the runs are doing there. What is read at a position
 * contains all that has happened before: events of lower numbers are part of it, the others follow
 * in the stream.
 */
export interface Position {
  /** Changes with each server: numbers of another one mean nothing here. */
  readonly epoch: string;
  /** How many events there were. */
  readonly seq: number;
  /** Grows whenever the status changes. */
  readonly version: number;
  readonly status: Readonly<Record<string, RunStatus>>;
}

interface Client {
  readonly response: ServerResponse;
  /** The position up to which events were sent to it. */
  told: number;
  /** The version of the status that was sent last. */
  version: number;
  quiet: number;
}

/**
 * What happens in the runs, numbered in order and pushed to all who listen: server-sent events, a
 * batch each 250 ms that says from which number to which it goes. A client that was cut off names
 * the last event that it got (Last-Event-ID) and goes on there; where that is no longer known, the
 * numbers of its next batch show it.
 */
export class Feed {
  readonly #epoch = randomBytes(6).toString('hex');
  readonly #ring: Happening[] = [];
  readonly #clients = new Set<Client>();
  readonly #mostClients: number;
  readonly #status: () => Record<string, RunStatus>;
  #happened = 0;
  #room = stepsPerBatch;
  /** What counts the steps of a run that are left out, until a reader has read up to there. */
  readonly #missing = new Map<string, { missed: number; last: number }>();
  #shown: { readonly text: string; readonly status: Record<string, RunStatus> } = { text: '{}', status: {} };
  #version = 0;
  #timer: { unsubscribe(): void } | undefined;

  /**
   * @param status how the runs are doing, by id
   * @param mostClients who come later are refused
   */
  constructor(status: () => Record<string, RunStatus> = () => ({}), mostClients = 16) {
    this.#status = status;
    this.#mostClients = mostClients;
    this.#next();
  }

  get clients(): number {
    return this.#clients.size;
  }

  /** Takes a step, or only counts it where the batch is full: the log has them all. */
  step(run: string, step: StepEvent): void {
    if (this.#room > 0) {
      this.#room--;
      this.#push({ run, step });
      return;
    }
    let missing = this.#missing.get(run);
    if (missing === undefined) {
      missing = { missed: 0, last: step.index };
      this.#missing.set(run, missing);
      this.#push(Object.assign(missing, { run }));
    }
    missing.missed++;
    missing.last = step.index;
  }

  event(run: string, event: LoggedRunEvent): void {
    this.#push({ run, event });
  }

  /**
   * Makes all clients read a run again: its log was cut, or more has changed than events can carry.
   */
  again(run: string): void {
    this.#push({ run, again: true });
  }

  /** The present position. What is read in the same step of the event loop belongs to it. */
  position(): Position {
    // Steps left out from now on have a number of their own.
    this.#missing.clear();
    const status = this.#status();
    const text = JSON.stringify(status);
    if (text !== this.#shown.text) {
      this.#shown = { text, status };
      this.#version++;
    }
    return {
      epoch: this.#epoch,
      seq: this.#happened,
      version: this.#version,
      status: this.#shown.status,
    };
  }

  /**
   * The steps of a run behind step `index` that were sent since it went back, if it did.
   * @returns the steps, and whether some of them are missing
   */
  stepsAfter(run: string, index: number): { steps: FeedLine[]; missing: boolean } {
    let steps: FeedLine[] = [];
    let missing = false;
    for (let i = Math.max(0, this.#happened - kept); i < this.#happened; i++) {
      const happening = this.#ring[i % kept]!;
      if (happening.run !== run) continue;
      if ('event' in happening && cutsLog(happening.event)) [steps, missing] = [[], false];
      else if ('missed' in happening) missing ||= happening.last > index;
      else if ('step' in happening && happening.step.index > index) steps.push(line(happening.step));
    }
    return { steps, missing };
  }

  /**
   * Begins to send to a client.
   * @param after the last event that it knows, `<epoch>-<number>`; what comes from now on by
   * default
   * @returns false where there are too many already
   */
  attach(response: ServerResponse, after: string | undefined): boolean {
    if (this.#clients.size >= this.#mostClients) return false;
    begin(response, 'text/event-stream; charset=utf-8');
    const client = { response, told: this.#place(after), version: -1, quiet: 0 };
    this.#clients.add(client);
    response.on('close', () => this.#clients.delete(client));
    response.write('retry: 1000\n\n');
    this.#tell(client, this.position());
    return true;
  }

  /** Sends what there is and ends all connections. */
  close(): void {
    this.#timer?.unsubscribe();
    this.#batch();
    for (const { response } of this.#clients) response.end();
    this.#clients.clear();
  }

  #push(happening: Happening): void {
    this.#ring[this.#happened++ % kept] = happening;
  }

  /** Where a client goes on. */
  #place(after: string | undefined): number {
    const [epoch, number] = after?.split('-') ?? [];
    const told = /^\d{1,15}$/.test(number ?? '') ? Number(number) : Infinity;
    return epoch === this.#epoch && told <= this.#happened ? told : this.#happened;
  }

  #next(): void {
    this.#timer = macrotask.schedule(() => {
      this.#next();
      this.#batch();
    }, batchMs);
  }

  #batch(): void {
    this.#room = stepsPerBatch;
    this.#missing.clear();
    if (this.#clients.size === 0) return;
    const position = this.position();
    for (const client of this.#clients) this.#tell(client, position);
  }

  #tell(client: Client, position: Position): void {
    const { response } = client;
    // One that does not read is let go; it comes back when it can.
    if (response.writableLength > patientBytes) return void response.destroy();
    const { epoch, seq, version, status } = position;
    if (client.told === seq && client.version === version) {
      if (++client.quiet % heartbeatBatches === 0) response.write(':\n\n');
      return;
    }
    const from = Math.max(client.told, seq - kept);
    const events = Array.from({ length: seq - from }, (_, i) => said(this.#ring[(from + i) % kept]!));
    const batch = { epoch, from, to: seq, events, version, ...(client.version !== version && { status }) };
    response.write(`id: ${epoch}-${seq}\ndata: ${JSON.stringify(batch)}\n\n`);
    Object.assign(client, { told: seq, version });
  }
}

/** An event as a client gets it. */
function said(happening: Happening): object {
  return 'step' in happening ? { run: happening.run, step: line(happening.step) } : happening;
}

function line({ index, player, seconds, values }: StepEvent): FeedLine {
  return { index, player, seconds: Number(seconds.toPrecision(4)), ...values };
}

/** Whether the run has cut its log before this event. */
export function cutsLog({ kind }: RunEvent): boolean {
  return kind === 'started' || kind === 'rollback';
}
