import { expect, it } from 'vitest';
import { add, mul, parameter } from '../../../src/engine/onnx/build.ts';
import { liveNodes } from '../../../src/engine/onnx/live-nodes.ts';

const x = parameter('x', [2], 'float32');

it('lists what the results depend on, inputs first and each once, and leaves dead code out', () => {
  const square = mul(x, x);
  const dead = add(x, x);
  const sum = add(square, x);
  expect(dead.inputs).toContain(x);
  expect(
    liveNodes(
      new Map([
        ['a', sum],
        ['b', square],
      ]),
    ),
  ).toEqual([x, square, sum]);
});

it('follows chains that are deeper than the stack', () => {
  let deep = x;
  for (let i = 0; i < 100_000; i++) deep = add(deep, x);
  expect(liveNodes(new Map([['deep', deep]]))).toHaveLength(100_001);
});
