import { processRegistry } from './process-registry.ts';
import type { MetricRegistry } from './registry.ts';
import { StageProbe } from './stage-probe.ts';

/**
 * A source that is measured as a stage is: busy is the time that it takes to make an item, wait the
 * time until the next one is asked for.
 *
 *     pump(measuredSource('pump', shuffled(dataset, { size: 64 })), run)
 *
 * @param stage name in the label `stage`
 * @param registry that of the process by default
 */
export function measuredSource<Item>(
  stage: string,
  source: Iterable<Item>,
  registry: MetricRegistry = processRegistry(),
): Iterable<Item> {
  return {
    [Symbol.iterator]() {
      const items = source[Symbol.iterator]();
      const probe = new StageProbe(registry, stage);
      const next = (): IteratorResult<Item> => {
        probe.enter();
        const result = items.next();
        if (result.done) {
          probe.ended('completed');
          return result;
        }
        probe.exit();
        probe.passed();
        return result;
      };
      return {
        next() {
          try {
            return next();
          } catch (error) {
            probe.ended('failed');
            throw error;
          }
        },
        return(value) {
          probe.ended('unsubscribed');
          return items.return?.(value) ?? { done: true, value };
        },
      };
    },
  };
}
