/** The variables of every board as matchers: a panel shows what the bar at its top has chosen. */
const chosen = ['job=~"$job"', 'instance=~"$instance"', 'run=~"$run"'];

/** A metric of the chosen runs: `of('weir_gan_loss', 'player="critic"')`. */
export function of(metric: string, ...matchers: readonly string[]): string {
  return `${metric}{${[...chosen, ...matchers].join(', ')}}`;
}

/**
 * One series a run (and each further label) without the name of the metric, as the rows of a table
 * must be to fall together.
 */
export function byRun(expr: string, ...labels: readonly string[]): string {
  return `max by (${['job', 'instance', 'run', ...labels].join(', ')}) (${expr})`;
}

/**
 * What a counter (or the sum or count of a histogram) gains per second, over a window that suits
 * the zoom.
 */
export function rate(metric: string, ...matchers: readonly string[]): string {
  return `rate(${of(metric, ...matchers)}[$__rate_interval])`;
}

/** What a counter gains between two points of the graph. */
export function increase(metric: string, ...matchers: readonly string[]): string {
  return `increase(${of(metric, ...matchers)}[$__rate_interval])`;
}

/**
 * The quantile of a histogram by the given labels, such as 0.99 for what one in a hundred exceeds.
 */
export function quantile(q: number, histogram: string, by: string, ...matchers: readonly string[]): string {
  return `histogram_quantile(${q}, sum by (le, ${by}) (${rate(`${histogram}_bucket`, ...matchers)}))`;
}

/** The mean of a histogram by the given labels. */
export function mean(histogram: string, by: string, ...matchers: readonly string[]): string {
  const part = (suffix: string) => `sum by (${by}) (${rate(`${histogram}_${suffix}`, ...matchers)})`;
  return `${part('sum')} / ${part('count')}`;
}
