// One step on the onnx engine, and how it was computed, as JSON: tsx test/engine/onnx/runtime/described-step.ts
import { onnxEngine, type Value } from '../../../../src/engine/index.ts';
import { directRuntime } from '../../../../src/engine/onnx/runtime/direct-runtime.ts';
import { descend, rate, start } from './programs.ts';

const engine = await onnxEngine();
const session = engine.open(start);
const answer = session.run(descend, rate(0.25));
const { loss } = await answer;
session.close();
const found = {
  direct: (await directRuntime()) !== undefined,
  description: engine.description,
  waits: answer instanceof Promise,
  loss: [...(loss as Value).data],
};
console.log(JSON.stringify(found));
