import { expect, it } from 'vitest';
import { broadcastingOperations, unaryOperations } from '../../../src/engine/onnx/operations.ts';

it('tells operations of one operand from those that broadcast', () => {
  expect([...unaryOperations].filter((op) => broadcastingOperations.has(op))).toEqual([]);
  expect(unaryOperations.has('Tanh')).toBe(true);
  expect(broadcastingOperations.has('Mul')).toBe(true);
});
