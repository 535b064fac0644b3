/**
 * Run by webgpu.test.ts in a process of its own, whose environment names a Vulkan driver: takes a
 * critic step on the processor and on WebGPU, and prints the largest relative difference of losses
 * and gradients as JSON.
 */
import { convGan, toyGan } from '../../../../bench/engine-programs.ts';
import { flattenTree, onnxEngine, type Tree, type Value } from '../../../../src/engine/index.ts';
import { relativeDifference } from '../agree.ts';

const workloads = { dense: toyGan(8, 4), convolutional: convGan('conv', 'hinge', 1, { channels: 2 }) };
const engines = await Promise.all([onnxEngine(), onnxEngine({ provider: 'webgpu' })]);

const found: Record<string, number> = {};
for (const [name, { state, programs, inputs }] of Object.entries(workloads)) {
  const results = await Promise.all(
    engines.map(async (engine) => {
      const session = engine.open(state);
      const outputs = await session.run(programs.critic!, inputs(0));
      const next = session.read() as { critic: Tree<Value> };
      session.close();
      return { outputs: flattenTree(outputs) as Map<string, Value>, next: flattenTree(next.critic) };
    }),
  );
  const [expected, got] = results;
  if (expected!.next.size !== got!.next.size) throw new Error(`${name}: the states differ in structure`);
  found[name] = Math.max(
    ...[...expected!.outputs].map(([path, value]) => relativeDifference(got!.outputs.get(path)!, value)),
  );
}
console.log(JSON.stringify(found));
