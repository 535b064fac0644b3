import {
  type Attributes,
  type Context,
  type Link,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { wallSeconds } from '../../base/index.ts';
import type { RunEvent, RunObserver } from '../../runs/index.ts';
import { macrotask, type Scheduler, type StepEvent } from '../../streams/index.ts';
import type { MetricRegistry } from '../metrics/registry.ts';
import { StepSampler } from './step-sampler.ts';
import type { Tracing } from './tracing.ts';

/** How a run is traced. */
export interface RunTracesOptions {
  /** Length of an interval, in seconds. @default 15 */
  readonly intervalSeconds?: number;
  /** Spans of steps in an interval. @default 100 */
  readonly stepsPerInterval?: number;
  readonly scheduler?: Scheduler;
}

/** What happens in one interval. */
interface Interval {
  readonly span: Span;
  readonly context: Context;
}

/**
 * Traces a run that may last for days: no span is open for longer than an interval, so that a crash
 * loses seconds and no trace grows without end.
 *
 * `train.run` is a span that ends at once. Every interval is a trace of its own, `train.interval`,
 * linked to the run and to the interval before. Its children are made afterwards, when it is known
 * that they are worth it: `step.<player>` for slow steps and a sample of the others,
 * `checkpoint.save`, `evaluate`. Contexts are passed by hand; nothing depends on asynchronous local
 * storage, which is wrong across operators.
 */
export class RunTraces implements RunObserver {
  readonly name = 'the traces';
  readonly #tracing: Tracing;
  readonly #registry: MetricRegistry;
  readonly #sampler: StepSampler;
  readonly #intervalMs: number;
  readonly #scheduler: Scheduler;
  #run: Link | undefined;
  #previous: Link | undefined;
  #interval: Interval | undefined;
  #context: Context | undefined;
  #timer: { unsubscribe(): void } | undefined;
  /** The index of the next step. */
  #index = 0;
  /** What it was when the last interval ended. */
  #first = 0;
  #last: StepEvent | undefined;
  #suppressed = 0;

  constructor(tracing: Tracing, registry: MetricRegistry, options: RunTracesOptions = {}) {
    const { intervalSeconds = 15, stepsPerInterval = 100, scheduler = macrotask } = options;
    this.#tracing = tracing;
    this.#registry = registry;
    this.#intervalMs = intervalSeconds * 1000;
    this.#sampler = new StepSampler(stepsPerInterval);
    this.#scheduler = scheduler;
  }

  /** That of the present interval, or of the last one; none before the first. */
  get context(): Context | undefined {
    return this.#context;
  }

  onStep(event: StepEvent): void {
    this.#last = event;
    const reason = this.#sampler.choose(event.seconds);
    if (reason !== undefined) this.#step(event, reason);
    this.#index = event.index + 1;
  }

  onBatched(_steps: number, _seconds: number, last: StepEvent): void {
    this.#index = last.index + 1;
  }

  onEvent(event: RunEvent): void {
    switch (event.kind) {
      case 'started':
        this.#index = this.#first = event.index;
        this.#begin({ 'weir.first_step': event.index, 'weir.target_steps': event.steps });
        break;
      case 'checkpoint': {
        const attributes = { 'weir.step': event.index, 'weir.checkpoint.bytes': event.bytes };
        const span = this.#past('checkpoint.save', event.seconds, attributes);
        const buckets = this.#registry.buckets('weir_checkpoint_duration_seconds');
        this.#tracing.exemplify(buckets, event.seconds, wallSeconds(), span);
        break;
      }
      case 'checkpoint-failed':
        failed(this.#past('checkpoint.save', 0, { 'weir.step': event.index }, false), 'CHECKPOINT_WRITE');
        break;
      case 'evaluation':
        this.#past('evaluate', event.seconds, { 'weir.step': event.index, ...scores(event.values) });
        break;
      case 'alert':
        this.#past('alert', 0, { 'weir.alert.rule': event.rule, 'weir.alert.severity': event.severity });
        break;
      case 'rollback':
        this.#past('rollback', 0, { 'weir.step': event.index, 'weir.rollback.from': event.from });
        this.#index = event.index;
        this.#finish();
        break;
      case 'ended': {
        const { span } = this.#open(wallSeconds() * 1000);
        span.setAttribute('weir.ended', event.ended);
        if (event.error !== undefined) failed(span, event.error.code, false);
        this.#finish();
        break;
      }
    }
  }

  /** Ends the interval and sends what is left, for three seconds at most. */
  async close(): Promise<void> {
    this.#finish();
    await this.#tracing.close();
  }

  #begin(attributes: Attributes): void {
    const span = this.#tracing.tracer.startSpan('train.run', { attributes }, ROOT_CONTEXT);
    span.end();
    this.#context ??= trace.setSpan(ROOT_CONTEXT, span);
    this.#run = { context: span.spanContext(), attributes: { 'weir.link': 'run' } };
  }

  /**
   * The present interval; if there is none, one that began at a time, in milliseconds since 1970.
   */
  #open(startTime: number): Interval {
    if (this.#interval !== undefined) return this.#interval;
    if (this.#run === undefined) this.#begin({});
    const links = [this.#run!, ...(this.#previous === undefined ? [] : [this.#previous])];
    const span = this.#tracing.tracer.startSpan('train.interval', { links, startTime }, ROOT_CONTEXT);
    this.#context = trace.setSpan(ROOT_CONTEXT, span);
    this.#interval = { span, context: this.#context };
    this.#timer = this.#scheduler.schedule(() => this.#finish(), this.#intervalMs);
    return this.#interval;
  }

  #finish(): void {
    this.#timer?.unsubscribe();
    const { suppressed } = this.#sampler;
    this.#registry.add('weir_spans_suppressed_total', suppressed - this.#suppressed);
    this.#suppressed = suppressed;
    this.#sampler.next();
    if (this.#interval === undefined) return;
    const { span } = this.#interval;
    this.#interval = undefined;
    span.setAttributes({
      'weir.first_step': this.#first,
      'weir.next_step': this.#index,
      ...values(this.#last),
    });
    span.end();
    this.#first = this.#index;
    this.#previous = { context: span.spanContext(), attributes: { 'weir.link': 'previous' } };
  }

  #step(event: StepEvent, reason: string): void {
    const { index, player, seconds } = event;
    const attributes = { 'weir.step': index, 'weir.sampled_for': reason, ...values(event) };
    const span = this.#past(`step.${player}`, seconds, attributes);
    const buckets = this.#registry.buckets('weir_step_duration_seconds', { player });
    this.#tracing.exemplify(buckets, seconds, wallSeconds(), span);
  }

  /** A span of what has just ended. */
  #past(name: string, seconds: number, attributes: Attributes, end = true): Span {
    const now = wallSeconds() * 1000;
    const startTime = now - seconds * 1000;
    const { context } = this.#open(startTime);
    const span = this.#tracing.tracer.startSpan(name, { startTime, attributes }, context);
    if (end) span.end(now);
    return span;
  }
}

function failed(span: Span, code: string, end = true): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', code);
  if (end) span.end();
}

function values(event: StepEvent | undefined): Attributes {
  return prefixed('weir.value.', event?.values ?? {});
}

function scores(of: Readonly<Record<string, number>>): Attributes {
  return prefixed('weir.score.', of);
}

function prefixed(prefix: string, numbers: Readonly<Record<string, number>>): Attributes {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [`${prefix}${name}`, value]));
}
