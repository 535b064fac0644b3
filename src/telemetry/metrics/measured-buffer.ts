import { processRegistry } from './process-registry.ts';
import type { MetricRegistry } from './registry.ts';

/**
 * Shows how many items wait in a buffer, and how many can:
 *
 *     prefetch(photographs, 8, { watch: measuredBuffer('prefetch') })
 *
 * A buffer that is full waits for what comes after it; one that is empty is waited for.
 * @param stage name in the label `stage`
 * @param registry that of the process by default
 */
export function measuredBuffer(
  stage: string,
  registry: MetricRegistry = processRegistry(),
): (waiting: number, depth: number) => void {
  const items = registry.cell('weir_stream_buffer_items', { stage });
  const capacity = registry.cell('weir_stream_buffer_capacity_items', { stage });
  return (waiting, depth) => {
    items.value = waiting;
    capacity.value = depth;
  };
}
