// Measures a step of an environment of Gymnasium through the bridge, beside Gymnasium's own vector
// environments, which run in turns on the same machine.
//   npm run experiment gymnasium-overhead [name] [environments] [steps]
import { spawnSync } from 'node:child_process';
import { keyOf } from 'weir-streams/engine';
import { Gymnasium, readEnvironmentName, VectorEnvironment } from 'weir-streams/rl';

const [name = 'CartPole-v1', environments = '8', all = '20000'] = process.argv.slice(2);
const [count, steps, rounds] = [Number(environments), Math.ceil(Number(all) / Number(environments)), 5];

const script = `
import gymnasium, json, sys, time
name, count, steps, kind = json.loads(sys.argv[1])
make = lambda: gymnasium.make(name)
vector = {"sync": gymnasium.vector.SyncVectorEnv, "async": gymnasium.vector.AsyncVectorEnv}
if __name__ == "__main__":
    many = vector[kind]([make] * count)
    many.reset(seed=1)
    many.action_space.seed(1)
    actions = [many.action_space.sample() for _ in range(64)]
    began = time.perf_counter()
    for step in range(steps):
        many.step(actions[step % 64])
    print(1e6 * (time.perf_counter() - began) / (steps * count))
    many.close()
`;

/** Microseconds of a step of one environment, in Python alone. */
function inPython(kind: 'sync' | 'async'): number {
  const python = process.env.PYTHON || 'python3';
  const { stdout, stderr } = spawnSync(python, ['-c', script, JSON.stringify([name, count, steps, kind])], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return Number(stdout);
}

/** The same through the bridge, as an agent plays. */
function bridged(): number {
  const gymnasium = new Gymnasium(readEnvironmentName(`gymnasium:${name}`));
  const close = () => gymnasium.close();
  const vector = new VectorEnvironment(() => gymnasium.make(), { count, seed: 1, close });
  const { action } = vector.environment;
  const actions = Array.from({ length: 64 }, (_, i) => action.sample(keyOf(i)));
  const began = process.hrtime.bigint();
  vector.collect(steps, new Int32Array(steps * count), (row) => actions[row % 64]!);
  const taken = Number(process.hrtime.bigint() - began) / 1000 / (steps * count);
  vector.close();
  return taken;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const taken = { bridge: [] as number[], sync: [] as number[], async: [] as number[] };
for (let round = 0; round < rounds; round++) {
  taken.sync.push(inPython('sync'));
  taken.bridge.push(bridged());
  taken.async.push(inPython('async'));
}
console.log(`${name}, ${count} environments: microseconds a step, median of ${rounds} rounds`);
for (const [what, values] of Object.entries(taken))
  console.log(`${what.padEnd(8)}${median(values).toFixed(1)}`);
