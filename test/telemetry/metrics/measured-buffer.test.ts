import { expect, it } from 'vitest';
import { prefetch } from '../../../src/streams/index.ts';
import { MetricRegistry, measuredBuffer } from '../../../src/telemetry/index.ts';
import { numbersOf } from './numbers-of.ts';

it('shows how full a buffer is', async () => {
  const registry = new MetricRegistry();
  async function* source() {
    yield* [1, 2, 3, 4];
  }
  const iterator = prefetch(source(), 3, { watch: measuredBuffer('photographs', registry) })[
    Symbol.asyncIterator
  ]();
  const numbers = async () => [
    await numbersOf(registry, 'weir_stream_buffer_items'),
    await numbersOf(registry, 'weir_stream_buffer_capacity_items'),
  ];
  expect(await numbers()).toEqual([{ photographs: 0 }, { photographs: 3 }]);
  await iterator.next();
  await new Promise(setImmediate);
  expect(await numbers()).toEqual([{ photographs: 3 }, { photographs: 3 }]);
  await iterator.return!();
  expect(await numbers()).toEqual([{ photographs: 0 }, { photographs: 3 }]);
});
