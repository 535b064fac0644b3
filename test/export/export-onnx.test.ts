import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../src/base/index.ts';
import { decodeTensors } from '../../src/checkpoint/index.ts';
import { type Engine, mapTree, type Tree, Value } from '../../src/engine/index.ts';
import {
  ExportError,
  ExportMismatchError,
  exportableNetworks,
  exportOnnx,
  exportSafetensors,
} from '../../src/export/index.ts';
import { type LoadedAgent, type LoadedGan, loadRun } from '../../src/runs/index.ts';
import { readOnnxFile } from '../support/onnx-file.ts';
import { recordTiny } from '../support/tiny-runs.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();

async function recorded(recipe: string, options: Omit<Parameters<typeof recordTiny>[1], 'recipe'> = {}) {
  const dir = join(root, `${recipe}-${options.label ?? ''}`);
  await recordTiny(dir, { recipe, ...options });
  return (await loadRun(dir)) as LoadedGan | LoadedAgent;
}

/** An engine that adds something to all that it outputs. */
function deviating(engine: Engine, by: number): Engine {
  return {
    ...engine,
    open(state) {
      const session = engine.open(state);
      const moved = (outputs: Tree<Value>) =>
        mapTree(
          outputs,
          ({ dtype, shape, data }) => new Value(dtype, shape, data.map((x) => x + by) as never),
        );
      return {
        ...session,
        close: () => session.close(),
        run: async (...args) => moved(await session.run(...args)),
      };
    },
  };
}

describe('the export of a conditional GAN', () => {
  let run: LoadedGan;
  beforeAll(async () => {
    run = (await recorded('cgan', { set: { average: 0.5 } })) as LoadedGan;
  });

  it('samples as the trainer does, for a batch of any size', async () => {
    const { bytes } = await exportOnnx(run);
    const session = await ort.InferenceSession.create(bytes);
    for (const rows of [1, 3]) {
      const { noise, condition } = run.trainer.system.samplerInputs(rows, {
        high: 5,
        low: 6,
      } as never) as Record<string, Value>;
      const expected = await run.trainer.sampleFrom({ noise: noise!, condition: condition! });
      const tensor = ({ data, shape }: Value) => new ort.Tensor('float32', data as Float32Array, shape);
      const { samples } = await session.run({ noise: tensor(noise!), condition: tensor(condition!) });
      expect(samples!.dims).toEqual([rows, 2]);
      expect(Math.max(...expected.data.map((x, i) => Math.abs(x - Number(samples!.data[i]))))).toBeLessThan(
        1e-5,
      );
    }
  });

  it('says what it is', async () => {
    const { bytes, what, inputs, outputs, difference, opset, operators } = await exportOnnx(run);
    expect(what).toBe('generator');
    expect(inputs.map(({ name, shape }) => [name, shape])).toEqual([
      ['noise', ['batch', 2]],
      ['condition', ['batch', 8]],
    ]);
    expect(outputs).toEqual([{ name: 'samples', shape: ['batch', 2], dtype: 'float32' }]);
    expect(difference).toBeLessThanOrEqual(1e-5);
    const file = readOnnxFile(bytes);
    expect(file.metadata).toMatchObject({
      weir: version,
      recipe: 'cgan',
      data: 'ring8',
      step: '4',
      seed: '1',
      what: 'generator',
      shape: '[2]',
    });
    expect(file.metadata.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(file.opsets).toEqual([{ domain: '', version: opset }]);
    expect([...new Set(file.operators.map(({ name }) => name))].sort()).toEqual(operators);
    expect(file.operators.every(({ domain }) => domain === '')).toBe(true);
  });

  it('takes the averaged weights, as samples do', async () => {
    const { bytes } = await exportOnnx(run);
    const names = readOnnxFile(bytes).weights.map(({ name }) => name);
    expect(names).toContain('average/1/kernel');
    expect(names.filter((name) => name.startsWith('generator/weights'))).toEqual([]);
  });

  it('takes a network by its role', async () => {
    const { outputs, inputs } = await exportOnnx(run, { what: 'critic' });
    expect(inputs.map(({ name }) => name)).toEqual(['examples', 'condition']);
    expect(outputs).toEqual([{ name: 'scores', shape: ['batch', 1], dtype: 'float32' }]);
  });

  it.each([
    ['critc', 'what: expected a network of cgan (generator, critic), got "critc"; did you mean critic?'],
    ['encoder', 'what: expected a network of cgan (generator, critic), got "encoder"'],
    ['q', 'what: expected a network of cgan (generator, critic), got "q"'],
  ])('refuses the network %s, naming those that there are', async (what, message) => {
    const refused = expect(exportOnnx(run, { what })).rejects;
    await refused.toThrow(ExportError);
    await refused.toThrow(message);
  });

  it('refuses a file that gives other numbers than the engine', async () => {
    const off = { ...run, engine: deviating(run.engine, 1e-3) };
    const refused = expect(exportOnnx(off)).rejects;
    await refused.toThrow(ExportMismatchError);
    await refused.toThrow(
      /expected samples in onnxruntime as the engine cpu gives it up to 0.00001, got a difference of 0.00\d+/,
    );
  });

  it('writes plain names into a safetensors file', () => {
    const { bytes, tensors, metadata } = exportSafetensors(run);
    expect([...tensors.keys()].sort()).toEqual([
      'critic.1.bias',
      'critic.1.kernel',
      'critic.3.bias',
      'critic.3.kernel',
      'generator.1.bias',
      'generator.1.kernel',
      'generator.3.bias',
      'generator.3.kernel',
    ]);
    expect(metadata.what).toBe('all');
    const average = run.trainer.tensors().average as Record<string, Record<string, Value>>;
    const read = decodeTensors(bytes, 'file');
    expect(read.get('generator.3.kernel')).toEqual(average['3']!.kernel);
    expect([...exportSafetensors(run, { what: 'critic' }).tensors.keys()]).not.toContain('generator.1.bias');
  });
});

describe('the export of an agent', () => {
  it('is its policy, with the action that the agent takes', async () => {
    const run = (await recorded('cart-pole-ppo')) as LoadedAgent;
    expect(exportableNetworks(run.assembly.learner).map(({ what }) => what)).toEqual(['policy', 'critic']);
    const { bytes } = await exportOnnx(run);
    const session = await ort.InferenceSession.create(bytes);
    const observations = [0.1, -0.2, 0.03, 0.5, -0.3, 0.7, -0.1, -0.9, 0, 0.01, 0.2, 0];
    const { action } = await session.run({
      observation: new ort.Tensor('float32', Float32Array.from(observations), [3, 4]),
    });
    const expected = [0, 4, 8].map((at) => run.arena.actor.greedy(observations.slice(at, at + 4)));
    expect([...(action!.data as Int32Array)]).toEqual(expected);
  });

  it('is the mean of a Gaussian policy, and its action within the bounds', async () => {
    const run = (await recorded('pendulum-ppo')) as LoadedAgent;
    const { bytes, outputs } = await exportOnnx(run);
    expect(outputs.map(({ name }) => name)).toEqual(['mean', 'logDeviation', 'action']);
    const session = await ort.InferenceSession.create(bytes);
    const observation = [-0.5, 0.8, 3];
    const { action } = await session.run({
      observation: new ort.Tensor('float32', Float32Array.from(observation), [1, 3]),
    });
    expect(action!.data[0]).toBeCloseTo((run.arena.actor.greedy(observation) as number[])[0]!, 5);
  });

  it('is the table of an agent that has one', async () => {
    const run = (await recorded('frozen-lake-q')) as LoadedAgent;
    const { bytes, inputs } = await exportOnnx(run, { what: 'q' });
    expect(inputs).toEqual([{ name: 'observation', shape: ['batch'], dtype: 'int32' }]);
    const session = await ort.InferenceSession.create(bytes);
    const { action } = await session.run({
      observation: new ort.Tensor(
        'int32',
        Int32Array.from({ length: 16 }, (_, i) => i),
        [16],
      ),
    });
    expect([...(action!.data as Int32Array)]).toEqual(
      Array.from({ length: 16 }, (_, i) => run.arena.actor.greedy(i)),
    );
    expect([...exportSafetensors(run).tensors.keys()]).toEqual(['q.table']);
  });

  it('has no generator', async () => {
    const run = await recorded('cart-pole-dqn');
    await expect(exportOnnx(run, { what: 'generator' })).rejects.toThrow(
      'what: expected a network of cart-pole-dqn (q), got "generator"',
    );
  });
});

describe('a system of several networks', () => {
  it('have the names of the networks; a role with one network is enough', async () => {
    const run = await recorded('cycle-gan');
    expect(exportableNetworks(run.assembly.learner).map(({ what }) => what)).toEqual([
      'generator',
      'critic@a',
      'critic@b',
      'generator@a',
      'generator@b',
    ]);
    await expect(exportOnnx(run, { what: 'critic' })).rejects.toThrow(
      'what: expected a network of cycle-gan (generator, critic@a, critic@b, generator@a, generator@b), got "critic"',
    );
    const { inputs } = await exportOnnx(run, { what: 'generator@a' });
    expect(inputs.map(({ name }) => name)).toEqual(['source']);
  });

  it('refuses a critic that compares the examples of a batch', async () => {
    const run = await recorded('minibatch-discrimination');
    await expect(exportOnnx(run, { what: 'critic' })).rejects.toThrow(
      'minibatch-discrimination/critic: expected sizes that grow with the number of rows',
    );
  });

  it('gives mean and deviation of an encoder that has both', async () => {
    const run = await recorded('vae');
    const { outputs } = await exportOnnx(run, { what: 'encoder' });
    expect(outputs.map(({ name }) => name)).toEqual(['mean', 'logDeviation']);
  });
});
