/**
 * One of the peers of bench/engine.ts, in a process of its own: `onnx`, `wasm`, or `stock` (the
 * WebAssembly backend of TensorFlow.js with the kernels that it comes with). Reads lines `workload
 * program count` and answers each with a line of JSON: the seconds of each step, of the processor
 * and on the clock, or null where the peer cannot do it.
 */
import { createInterface } from 'node:readline';
import { EagerEngine } from '../src/engine/eager/engine.ts';
import { startBackend } from '../src/engine/eager/start-backend.ts';
import { type Engine, type Program, type Session, wasmEngine } from '../src/engine/index.ts';
import { onnxEngine } from '../src/engine/onnx/runtime/engine.ts';
import type { Workload } from './engine-programs.ts';
import { workloads } from './engine-workloads.ts';

async function stockEngine(): Promise<Engine> {
  const { version_wasm } = await import('@tensorflow/tfjs-backend-wasm');
  await startBackend('wasm');
  return new EagerEngine('wasm', `TensorFlow.js ${version_wasm}, WebAssembly as it comes`);
}

const threads = Number(process.argv[3] ?? 1);
const openers = { onnx: () => onnxEngine({ threads }), wasm: wasmEngine, stock: stockEngine };
const engine = await openers[process.argv[2] as keyof typeof openers]();
console.log(JSON.stringify(engine.description));

let open: { readonly number: string; readonly workload: Workload; readonly session: Session } | undefined;

function opened(number: string): { workload: Workload; session: Session } {
  if (open?.number === number) return open;
  open?.session.close();
  const workload = workloads[number]!();
  open = { number, workload, session: engine.open(workload.state) };
  return open;
}

/** Only the loss comes to the host, as in training. */
const quiet = new Map<Program, Program>();
function lossOnly(program: Program): Program {
  const known = quiet.get(program) ?? {
    name: program.name,
    run: (state, inputs) => {
      const result = program.run(state, inputs);
      return { state: result.state, outputs: { loss: result.outputs.loss! } };
    },
  };
  quiet.set(program, known);
  return known;
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

for await (const line of createInterface({ input: process.stdin })) {
  const [number, name, count] = line.split(' ') as [string, string, string];
  const { workload, session } = opened(number);
  const inputs = [0, 1, 2, 3].map((index) => workload.inputs(index));
  const [processor, clock]: [number[], number[]] = [[], []];
  try {
    for (let i = 0; i < Number(count); i++) {
      const [begin, start] = [cpuSeconds(), performance.now()];
      await session.run(lossOnly(workload.programs[name]!), inputs[i % 4]!);
      processor.push(cpuSeconds() - begin);
      clock.push((performance.now() - start) / 1000);
    }
    console.log(JSON.stringify({ processor, clock }));
  } catch {
    console.log('null');
  }
}
