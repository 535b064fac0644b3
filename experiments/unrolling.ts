// Measures what several steps in one run of a graph would save: k critic steps in one program
// beside k runs of one step, by processor time, alternating.
//   npm run experiment unrolling
import type * as tf from '@tensorflow/tfjs-core';
import { dqn, toyGan, type Workload } from '../bench/engine-programs.ts';
import { markdown } from '../bench/table.ts';
import { onnxEngine, type Program, type Tree, type Value } from '../src/engine/index.ts';

const steps = 5;

/** Several steps of a program in one, with inputs of their own. */
function unrolled({ name, run }: Program): Program {
  return {
    name: `${name} x ${steps}`,
    run: (state, inputs) => {
      let [now, outputs]: [Tree<tf.Tensor>, Record<string, tf.Tensor>] = [state, {}];
      for (const [step, ofStep] of Object.entries(inputs as Record<string, Tree<tf.Tensor>>)) {
        const result = run(now, ofStep);
        now = result.state;
        outputs = { ...outputs, [step]: (result.outputs as Record<string, tf.Tensor>).loss! };
      }
      return { state: now, outputs };
    },
  };
}

function lossOnly({ name, run }: Program): Program {
  return {
    name,
    run: (state, inputs) => {
      const result = run(state, inputs);
      return { state: result.state, outputs: { loss: (result.outputs as Record<string, tf.Tensor>).loss! } };
    },
  };
}

const processorMilliseconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
};
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

async function compare({ name, state, programs, inputs }: Workload, player: string): Promise<string[]> {
  const engine = await onnxEngine();
  const [one, many] = [lossOnly(programs[player]!), unrolled(programs[player]!)];
  const [first, second] = [engine.open(state), engine.open(state)];
  const each = Array.from({ length: steps }, (_, i) => inputs(i));
  const together = Object.fromEntries(each.map((value, i) => [i, value])) as Tree<Value>;
  const rounds = { one: [] as number[], many: [] as number[] };
  for (let round = 0; round < 60; round++) {
    for (const kind of ['one', 'many'] as const) {
      const begin = processorMilliseconds();
      for (let repeat = 0; repeat < 5; repeat++) {
        if (kind === 'many') await second.run(many, together);
        else for (const value of each) await first.run(one, value);
      }
      rounds[kind].push((processorMilliseconds() - begin) / (5 * steps));
    }
  }
  first.close();
  second.close();
  const ratios = rounds.one.map((time, i) => time / rounds.many[i]!);
  return [
    name,
    median(rounds.one).toFixed(3),
    median(rounds.many).toFixed(3),
    `${median(ratios.slice(10)).toFixed(2)}x`,
  ];
}

const rows = [
  await compare(toyGan(64, 64), 'critic'),
  await compare(toyGan(128, 128), 'critic'),
  await compare(dqn(64, 32), 'update'),
  await compare(dqn(256, 128), 'update'),
];
console.log(markdown(['step', 'ms, one by one:', `ms, ${steps} in a graph:`, 'faster by:'], rows));
