import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  cpuEngine,
  openForeignModel,
  type Program,
  ProgramNotCompilableError,
  standaloneModel,
  type Tree,
  Value,
} from '../../../../src/engine/index.ts';
import { readOnnxFile } from '../../../support/onnx-file.ts';

type Run = (state: Record<string, tf.Tensor>, inputs: Record<string, tf.Tensor>) => Tree<tf.Tensor>;

function programOf(outputs: Run): Program {
  return {
    name: 'test/program',
    run: (state, inputs) => ({
      state,
      outputs: outputs(state as Record<string, tf.Tensor>, inputs as Record<string, tf.Tensor>),
    }),
  };
}

const counted = (shape: readonly number[]) =>
  Value.of(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (i % 7) - 3),
    shape,
  );

/** The outputs of a program at a number of rows: of its standalone model, and of an engine. */
async function run(outputs: Run, state: Tree<Value>, shape: readonly number[], rows: number) {
  const inputs = (count: number) => ({ x: counted([count, ...shape]) });
  const program = programOf(outputs);
  const model = await openForeignModel(standaloneModel({ program, state, inputs }).bytes);
  const found = await model.run(inputs(rows));
  model.close();
  const session = (await cpuEngine()).open(state);
  const expected = (await session.run(program, inputs(rows))) as Readonly<Record<string, Value>>;
  session.close();
  return { found, expected };
}

/** Equal names, shapes and, nearly, numbers. */
function expectEqual({ found, expected }: Awaited<ReturnType<typeof run>>): void {
  const shapes = (values: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(values).map(([name, { shape }]) => [name, [...shape]]));
  expect(shapes(found)).toEqual(shapes(expected));
  for (const [name, { data }] of Object.entries(expected))
    data.forEach((number, i) => {
      expect(found[name]!.data[i]).toBeCloseTo(number, 4);
    });
}

describe('a standalone model', () => {
  it('holds the weights that its outputs depend on, and no others', () => {
    const { bytes, inputs, outputs } = standaloneModel({
      program: programOf(({ kernel }, { x }) => ({ y: tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D) })),
      state: { kernel: counted([3, 2]), other: counted([100]) },
      inputs: (rows) => ({ x: counted([rows, 3]) }),
      version: '1.2.3',
      metadata: { recipe: 'none' },
    });
    const file = readOnnxFile(bytes);
    expect(file.weights).toEqual([{ name: 'kernel', bytes: 24 }]);
    expect(file).toMatchObject({
      producer: 'weir 1.2.3',
      metadata: { recipe: 'none' },
      opsets: [{ domain: '', version: 18 }],
      inputs: ['x'],
      outputs: ['y'],
    });
    expect([inputs, outputs]).toEqual([
      [{ name: 'x', shape: ['batch', 3], dtype: 'float32' }],
      [{ name: 'y', shape: ['batch', 2], dtype: 'float32' }],
    ]);
  });

  it.each([1, 2, 5])('computes %i rows as an engine does', async (rows) => {
    const outputs: Run = (_, { x }) => {
      const [count] = x!.shape as [number];
      const [left, right] = tf.split(x!, 2, 1) as [tf.Tensor, tf.Tensor];
      const repeated = tf.tile(tf.reshape(left, [count, 1, 2]), [1, 3, 1]);
      return {
        repeated,
        flat: tf.reshape(repeated, [count * 3, 2]),
        sum: tf.add(left, right),
        ones: tf.ones([count, 2]),
        halves: tf.split(tf.concat([x!, tf.neg(x!)]), 2)[1]!,
      };
    };
    expectEqual(await run(outputs, {}, [4], rows));
  });

  it('takes rows in groups', async () => {
    const groups: Run = (_, { x }) => {
      const [rows] = x!.shape as [number];
      const mean = tf.mean(tf.reshape(x!, [rows / 4, 4, 2]), 1, true);
      return { y: tf.reshape(tf.mul(mean, tf.ones([1, 4, 1])), [rows, 2]) };
    };
    expectEqual(await run(groups, {}, [2], 8));
    expectEqual(await run(groups, {}, [2], 12));
  });

  it('is the same program where a size of the weights is one of the rows at which it is recorded', async () => {
    const wide = { kernel: counted([808, 3]), other: counted([3, 1688]) };
    const outputs: Run = ({ kernel, other }, { x }) => ({
      y: tf.matMul(tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D), other as tf.Tensor2D),
      z: tf.slice(x!, [0, 0], [x!.shape[0]!, 404]),
    });
    expectEqual(await run(outputs, wide, [808], 2));
  });

  it('refuses a program that computes with the number of its rows', () => {
    const make = (outputs: Run) => () =>
      standaloneModel({
        program: programOf(outputs),
        state: {},
        inputs: (rows) => ({ x: counted([rows, 2]) }),
      });
    expect(make((_, { x }) => ({ y: tf.div(x!, x!.shape[0]!) }))).toThrow(ProgramNotCompilableError);
    expect(make((_, { x }) => ({ y: tf.div(x!, x!.shape[0]!) }))).toThrow(
      'test/program: expected rows that do not depend on how many there are',
    );
    const all: Run = (_, { x }) => {
      const [rows] = x!.shape as [number];
      return { y: tf.reshape(tf.sub(tf.reshape(x!, [rows, 1, 2]), tf.reshape(x!, [1, rows, 2])), [-1]) };
    };
    expect(make(all)).toThrow('expected sizes that grow with the number of rows in a straight line');
    expect(make(() => ({ y: tf.ones([2]) }))).toThrow('expected an input with a row for each example');
  });

  it('has its filters as ONNX takes them, and writes each convolution as one operator', async () => {
    const filter = counted([4, 4, 3, 8]);
    const convolve: Run = ({ filter }, { x }) => {
      const y = tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same');
      return { y, back: tf.conv2dTranspose(y, filter as tf.Tensor4D, [x!.shape[0]!, 8, 8, 3], 2, 'same') };
    };
    const { operators } = standaloneModel({
      program: programOf(convolve),
      state: { filter },
      inputs: (rows) => ({ x: counted([rows, 8, 8, 3]) }),
    });
    expect(operators).toEqual(['Conv', 'ConvTranspose', 'Transpose']);
    expectEqual(await run(convolve, { filter }, [8, 8, 3], 3));
  });
});
