import { expect, it } from 'vitest';
import { add, elementwise, mul } from '../../../../src/engine/onnx/build.ts';
import { liveNodes } from '../../../../src/engine/onnx/live-nodes.ts';
import { shareSubexpressions } from '../../../../src/engine/onnx/passes/share-subexpressions.ts';
import { x, y } from './graphs.ts';

it('computes common subexpressions once, however deep', () => {
  const deep = () => elementwise('Tanh', [mul(x, y)]);
  const graph = shareSubexpressions(
    new Map([
      ['a', add(deep(), x)],
      ['b', add(deep(), y)],
    ]),
  );
  expect(
    liveNodes(graph)
      .map(({ op }) => op)
      .sort(),
  ).toEqual(['Add', 'Add', 'Mul', 'Parameter', 'Parameter', 'Tanh']);
});

it('keeps what differs in an attribute apart', () => {
  const leaky = (alpha: number) => elementwise('LeakyRelu', [x], { alpha });
  const graph = shareSubexpressions(
    new Map([
      ['a', leaky(0.1)],
      ['b', leaky(0.2)],
    ]),
  );
  expect(liveNodes(graph)).toHaveLength(3);
});
