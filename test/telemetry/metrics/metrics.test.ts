import { lastValueFrom, of } from 'rxjs';
import { expect, it } from 'vitest';
import { alongside } from '../../../src/streams/index.ts';
import { metrics } from '../../../src/telemetry/metrics/metrics.ts';
import { processRegistry } from '../../../src/telemetry/metrics/process-registry.ts';
import { MetricRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { record } from '../../streams/support.ts';
import { numbersOf } from './numbers-of.ts';

const event = (index: number) => ({ index, player: 'critic', seconds: 0.1, values: { loss: index } });

it('counts what flows by, and knows when it has ended', async () => {
  const registry = new MetricRegistry();
  const events = [event(0), event(1)];
  const { said } = record(
    of(...events).pipe(
      alongside(
        (error) => {
          throw error;
        },
        metrics({ kind: 'gan' }, registry),
      ),
    ),
  );
  expect(said).toEqual([...events, 'complete']);
  expect(await numbersOf(registry, 'weir_steps_total')).toEqual({ critic: 2 });
  expect(await numbersOf(registry, 'weir_loss')).toEqual({ critic: 0.5 });
  expect((await numbersOf(registry, 'weir_run_state')).finished).toBe(1);
});

it('counts in the registry of the process where none is given', async () => {
  const name = 'steps of a test of the registry of the process';
  const counted = async () => (await numbersOf(processRegistry(), 'weir_steps_total'))[name];
  expect(await counted()).toBeUndefined();
  await lastValueFrom(of({ ...event(0), player: name }).pipe(metrics()), { defaultValue: undefined });
  expect(await counted()).toBe(1);
});
