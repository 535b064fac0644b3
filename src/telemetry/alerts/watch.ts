import type { RunAlert } from '../../runs/index.ts';
import type { MetricRegistry } from '../metrics/registry.ts';
import { type Alert, alerts } from './alerts.ts';
import { type Condition, seriesOf } from './condition.ts';
import { evaluateCondition } from './evaluate.ts';
import { History } from './history.ts';

/** An alert that has begun. */
export interface Raised {
  readonly rule: RunAlert;
  readonly alert: Alert;
  /** The index of the next step when its condition became true. */
  readonly since: number;
}

interface Rule {
  readonly name: RunAlert;
  readonly alert: Alert;
  readonly condition: Condition;
  /** When the condition became true, for each set of labels. */
  readonly pending: Map<string, { readonly time: number; readonly index: number }>;
  firing: boolean;
}

/**
 * Evaluates all alerts on the metrics of a registry, as Prometheus does with those that it has
 * scraped.
 */
export class Watch {
  readonly #registry: MetricRegistry;
  readonly #rules: readonly Rule[];
  readonly #history: History;

  constructor(registry: MetricRegistry) {
    this.#registry = registry;
    this.#rules = Object.entries(alerts).flatMap(([name, alert]) =>
      'prometheus' in alert.when
        ? []
        : [{ name: name as RunAlert, alert, condition: alert.when, pending: new Map(), firing: false }],
    );
    this.#history = new History(this.#rules.flatMap(({ condition }) => seriesOf(condition)));
    for (const { name } of this.#rules) {
      registry.initialise('weir_alerts_total', { rule: name });
      registry.set('weir_alert_firing', 0, { rule: name });
    }
  }

  /**
   * Reads the metrics and answers which alerts have begun since the last time.
   * @param time seconds since 1970
   * @param index of the next step
   */
  async look(time: number, index: number): Promise<readonly Raised[]> {
    await this.#registry.collect();
    for (const metric of this.#history.metrics)
      this.#history.record(metric, time, await this.#registry.read(metric));
    return this.#rules.flatMap((rule) => this.#evaluate(rule, time, index));
  }

  /** Clears all samples: those from before a rollback say nothing about the time after it. */
  forget(): void {
    this.#history.clear();
    for (const rule of this.#rules) {
      rule.pending.clear();
      rule.firing = false;
    }
  }

  #evaluate(rule: Rule, time: number, index: number): readonly Raised[] {
    const { name, alert, condition, pending } = rule;
    const keys = evaluateCondition(condition, this.#history, time).map((labels) => JSON.stringify(labels));
    for (const key of pending.keys()) if (!keys.includes(key)) pending.delete(key);
    for (const key of keys) if (!pending.has(key)) pending.set(key, { time, index });
    const due = [...pending.values()].filter((since) => time - since.time >= alert.for);
    const begins = due.length > 0 && !rule.firing;
    rule.firing = due.length > 0;
    this.#registry.set('weir_alert_firing', Number(rule.firing), { rule: name });
    return begins ? [{ rule: name, alert, since: Math.min(...due.map((each) => each.index)) }] : [];
  }
}
