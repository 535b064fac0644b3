import type { BatchSource } from '../../recipes/index.ts';
import { processRegistry } from './process-registry.ts';
import type { MetricRegistry } from './registry.ts';
import { StageProbe } from './stage-probe.ts';

/**
 * A source that is measured as a stage is: busy is the time that it takes to make an item, or, of
 * an asynchronous source, that one is waited for; wait is the time until the next one is asked for.
 *
 *     pump(measuredSource('pump', shuffled(dataset, { size: 64 })), run)
 *
 * @param stage name in the label `stage`
 * @param registry that of the process by default
 */
export function measuredSource<Item>(
  stage: string,
  source: Iterable<Item>,
  registry?: MetricRegistry,
): Iterable<Item>;
export function measuredSource<Item>(
  stage: string,
  source: BatchSource<Item>,
  registry?: MetricRegistry,
): BatchSource<Item>;
export function measuredSource<Item>(
  stage: string,
  source: BatchSource<Item>,
  registry: MetricRegistry = processRegistry(),
): BatchSource<Item> {
  if (Symbol.asyncIterator in source)
    return {
      [Symbol.asyncIterator]: () =>
        measuredIterator(source[Symbol.asyncIterator](), new StageProbe(registry, stage)),
    };
  return {
    [Symbol.iterator]() {
      const items = source[Symbol.iterator]();
      const probe = new StageProbe(registry, stage);
      return {
        next() {
          probe.enter();
          try {
            return passed(probe, items.next());
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

function measuredIterator<Item>(items: AsyncIterator<Item>, probe: StageProbe): AsyncIterator<Item> {
  return {
    async next() {
      probe.enter();
      try {
        return passed(probe, await items.next());
      } catch (error) {
        probe.ended('failed');
        throw error;
      }
    },
    async return(value) {
      probe.ended('unsubscribed');
      return (await items.return?.(value)) ?? { done: true, value };
    },
  };
}

function passed<Item>(probe: StageProbe, result: IteratorResult<Item>): IteratorResult<Item> {
  if (result.done) {
    probe.ended('completed');
    return result;
  }
  probe.exit();
  probe.passed();
  return result;
}
