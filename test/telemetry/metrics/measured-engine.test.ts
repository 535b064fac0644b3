import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { cpuEngine, type Engine, type Program, Value } from '../../../src/engine/index.ts';
import { type MetricName, MetricRegistry, measuredEngine } from '../../../src/telemetry/index.ts';

const adding: Program = {
  name: 'sum/add',
  player: 'critic',
  learningRate: 'rate',
  run: (state, inputs) => {
    const { total } = state as { total: tf.Tensor };
    const { rate } = inputs as { rate: tf.Tensor };
    const next = tf.add(total, rate);
    return { state: { total: next }, outputs: { total: next } };
  },
};

/** The same engine with answers that come later, as compiled ones do. */
function later(engine: Engine): Engine {
  return {
    ...engine,
    name: engine.name,
    description: engine.description,
    memory: () => engine.memory(),
    open(state) {
      const session = engine.open(state);
      return {
        run: async (program, inputs) => session.run(program, inputs),
        read: () => session.read(),
        write: (next) => session.write(next),
        close: () => session.close(),
      };
    },
  };
}

it.each([
  ['at once', (engine: Engine) => engine],
  ['later', later],
])('counts and times the runs of an engine that answers %s, and shows the learning rate', async (_, made) => {
  const registry = new MetricRegistry();
  const engine = measuredEngine(made(await cpuEngine()), registry);
  const session = engine.open({ total: Value.scalar(1) });
  for (const rate of [0.5, 0.25]) await session.run(adding, { rate: Value.scalar(rate) });
  expect((session.read() as { total: Value }).total.data[0]).toBe(1.75);

  const numberOf = async (name: MetricName) => (await registry.read(name))[0]!;
  registry.collect();
  expect(await numberOf('weir_engine_runs_total')).toMatchObject({
    labels: { program: 'sum/add' },
    value: 2,
  });
  expect((await numberOf('weir_engine_run_seconds_total')).value).toBeGreaterThan(0);
  expect((await numberOf('weir_engine_programs_total')).value).toBe(1);
  expect((await numberOf('weir_engine_first_run_seconds_total')).value).toBeGreaterThan(0);
  expect(await numberOf('weir_learning_rate')).toMatchObject({ labels: { player: 'critic' }, value: 0.25 });
  expect((await numberOf('weir_engine_tensors')).value).toBe(engine.memory().tensors);
  expect((await numberOf('weir_engine_memory_bytes')).value).toBe(engine.memory().bytes);
  session.close();
});

it('is in all else the engine that it measures', async () => {
  const engine = await cpuEngine();
  const measured = measuredEngine(engine, new MetricRegistry());
  expect(measured).toMatchObject({ name: engine.name, description: engine.description });
  const session = measured.open({ total: Value.scalar(1) });
  session.write({ total: Value.scalar(3) });
  expect((session.read() as { total: Value }).total.data[0]).toBe(3);
  session.close();
});
