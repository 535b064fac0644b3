import { describe, expect, it } from 'vitest';
import { parameter } from '../../../../src/engine/onnx/build.ts';
import { ModelBuilder } from '../../../../src/engine/onnx/emit/model.ts';
import { emitNode } from '../../../../src/engine/onnx/emit/operators.ts';
import { broadcastingOperations, unaryOperations } from '../../../../src/engine/onnx/operations.ts';

const x = parameter('x', [2], 'float32');

describe('the table of operators', () => {
  it('knows every operation that takes each element by itself', () => {
    for (const op of [...unaryOperations, ...broadcastingOperations]) {
      const attributes = { alpha: 1, min: 0, max: 1 };
      const node = { op, inputs: [x], attributes, shape: [2], dtype: 'float32' } as const;
      expect(emitNode(node, ['x'], new ModelBuilder())).toMatch(/^t\d+$/);
    }
  });

  it('names an operation that it lacks', () =>
    expect(() => emitNode({ ...x, op: 'Nothing' }, [], new ModelBuilder())).toThrow(
      'no way to write the operation Nothing',
    ));
});
