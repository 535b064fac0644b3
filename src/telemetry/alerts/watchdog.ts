import { wallSeconds, wallTime } from '../../base/index.ts';
import type { AlertPolicies, AlertPolicy, RunControl, RunEvent, RunObserver } from '../../runs/index.ts';
import { macrotask, type Scheduler, type StepEvent } from '../../streams/index.ts';
import type { MetricRegistry } from '../metrics/registry.ts';
import { alerts, type Severity } from './alerts.ts';
import { type Raised, Watch } from './watch.ts';
import type { AlertMessage } from './webhook.ts';

/** What a watchdog may ask of a run. */
type AlertControl = Pick<RunControl, 'checkpoint' | 'rollBack' | 'stopFor'>;

/** How a watchdog works. */
export interface WatchdogOptions {
  readonly registry: MetricRegistry;
  /** The name of the run, for the webhook. */
  readonly run?: string;
  readonly policies?: AlertPolicies;
  /** Without it, every alert just warns. */
  readonly control?: AlertControl;
  /** Called with an event for each alert. */
  readonly tell?: (event: RunEvent) => void;
  /** Called with every alert, and what went wrong with the watchdog itself. */
  warn(message: string, severity: Severity): void;
  readonly webhook?: { send(message: AlertMessage): void; settled(): Promise<void> };
  /** Seconds between two looks. @default 5 */
  readonly everySeconds?: number;
  readonly scheduler?: Scheduler;
  /** Seconds since 1970. */
  readonly now?: () => number;
}

/**
 * Watches a run by the rules of `alerts`, for users without Prometheus: an alert is a line on the
 * terminal, an event (which the page shows), a call of the webhook, and what its policy says. A
 * number that is not finite is seen at once, the rest within seconds.
 */
export class Watchdog implements RunObserver {
  readonly name = 'the watchdog';
  readonly #options: WatchdogOptions;
  readonly #watch: Watch;
  readonly #scheduler: Scheduler;
  readonly #now: () => number;
  #timer: { unsubscribe(): void } | undefined;
  #index = 0;
  #begun = false;
  #closed = false;
  /** Whether a non-finite number was already reported. */
  #reported = false;

  constructor(options: WatchdogOptions) {
    this.#options = options;
    this.#watch = new Watch(options.registry);
    this.#scheduler = options.scheduler ?? macrotask;
    this.#now = options.now ?? wallSeconds;
  }

  onStep(event: StepEvent): void {
    this.#index = event.index + 1;
  }

  onBatched(_steps: number, _seconds: number, last: StepEvent): void {
    this.#index = last.index + 1;
  }

  /** It looks by itself from the start of the run on. */
  onEvent(event: RunEvent): void {
    if (event.kind === 'started') this.#begin();
    if (['started', 'rollback', 'fault'].includes(event.kind)) this.#index = event.index;
    // Losses of a fresh critic, behind a border, are no anomaly beside those of the one before.
    if (event.kind === 'rollback' || event.kind === 'phase') this.#watch.forget();
    if (event.kind === 'fault' && event.code.startsWith('NON_FINITE'))
      this.#raise(
        { rule: 'NonFiniteValues', alert: alerts.NonFiniteValues, since: event.index },
        event.message,
      );
  }

  /** Checks the rules on the present metrics and acts on the alerts. */
  async look(): Promise<void> {
    // A fault event has already reported it in more detail.
    for (const raised of await this.#watch.look(this.#now(), this.#index))
      if (raised.rule !== 'NonFiniteValues' || !this.#reported) this.#raise(raised, raised.alert.summary);
  }

  /** Checks a last time and waits for the webhook. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#timer?.unsubscribe();
    if (this.#begun) await this.look();
    await this.#options.webhook?.settled();
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#arm();
  }

  #arm(): void {
    const { everySeconds = 5 } = this.#options;
    this.#timer = this.#scheduler.schedule(() => void this.#tick(), everySeconds * 1000);
  }

  async #tick(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      this.#options.registry.add('weir_telemetry_errors_total', 1, { observer: 'watchdog' });
      this.#options.warn(`the watchdog could not look: ${error}`, 'warning');
    }
    if (!this.#closed) this.#arm();
  }

  #raise({ rule, alert, since }: Raised, message: string): void {
    const { registry, run = '', policies = {}, tell, warn, webhook } = this.#options;
    const { severity } = alert;
    const index = this.#index;
    if (rule === 'NonFiniteValues') this.#reported = true;
    registry.add('weir_alerts_total', 1, { rule });
    warn(`alert ${rule} (${severity}) at step ${index}: ${message}`, severity);
    tell?.({ kind: 'alert', index, rule, severity, message });
    webhook?.send({ run, rule, severity, message, index, at: wallTime() });
    if (!this.#closed) this.#act(policies[rule] ?? 'warn', `${rule}: ${message}`, since);
  }

  #act(policy: AlertPolicy, reason: string, since: number): void {
    const { control } = this.#options;
    if (policy === 'checkpoint') control?.checkpoint();
    if (policy === 'rollback') control?.rollBack(reason, since);
    if (policy === 'stop') control?.stopFor(reason);
  }
}
