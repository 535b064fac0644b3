/**
 * Tabular Q-learning on the mountain car (40 x 40 x 3): environment steps a second through the
 * whole stream, beside plain loops and beside Gymnasium in Python where it is installed. Run it
 * with `npx tsx bench/tables.ts`.
 *
 * Rates are by CPU time of the process, which other load on the machine does not count into. The
 * shapes take steps within every round; the median of the rounds counts.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filter, take, tap } from 'rxjs';
import { keyOf } from '../src/engine/index.ts';
import { discretised, epsilonGreedy, interact, mountainCar, qLearning, ticks } from '../src/rl/index.ts';
import { alongside, barrier, every, pump, Run } from '../src/streams/index.ts';
import { markdown } from './table.ts';

/** One line of the table. */
export interface TablesRow {
  readonly shape: string;
  readonly stepsPerSecond: number;
}

const make = () => discretised(mountainCar(), [40, 40]);
const agentOf = () => qLearning(make(), { alpha: 0.2, gamma: 0.99, explore: epsilonGreedy(0.002), seed: 1 });

/** Everything written into one loop over typed arrays: what the rest is measured against. */
function byHand(steps: number): void {
  const q = new Float32Array(4800);
  let [position, velocity, length, seed] = [-0.5, 0, 0, 1];
  const row = (p: number, v: number) => {
    const i = Math.min(39, Math.max(0, Math.floor((p + 1.2) / 0.045)));
    const j = Math.min(39, Math.max(0, Math.floor((v + 0.07) / 0.0035)));
    return (i * 40 + j) * 3;
  };
  const best = (from: number) => {
    const [a, b, c] = [q[from]!, q[from + 1]!, q[from + 2]!];
    return a >= b ? (a >= c ? 0 : 2) : b >= c ? 1 : 2;
  };
  for (let step = 0; step < steps; step++) {
    const from = row(position, velocity);
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const action = seed < 0.002 * 2 ** 32 ? seed % 3 : best(from);
    velocity = Math.min(
      0.07,
      Math.max(-0.07, velocity + (action - 1) * 0.001 - 0.0025 * Math.cos(3 * position)),
    );
    position = Math.min(0.6, Math.max(-1.2, position + velocity));
    if (position === -1.2 && velocity < 0) velocity = 0;
    const ended = position >= 0.5;
    const after = row(position, velocity);
    const target = ended ? -1 : -1 + 0.99 * q[after + best(after)]!;
    q[from + action]! += 0.2 * (target - q[from + action]!);
    if (ended || ++length === 200) [position, velocity, length] = [-0.6 + 0.2 * (seed / 2 ** 32), 0, 0];
  }
}

/** Environment and agent of the package in a plain loop, without a stream. */
function plainLoop(steps: number): void {
  const [environment, agent] = [make(), agentOf()];
  let [episode, length, sum] = [0, 0, 0];
  let observation = environment.reset(keyOf(1, 'bench', episode)).observation;
  for (let index = 0; index < steps; index++) {
    const action = agent.act(observation, index);
    const { kind, reward, observation: next } = environment.step(action);
    sum += reward;
    length++;
    agent.step({ index, observation, action, reward, next, kind, episode, length, return: sum, began: 0 });
    observation = next;
    if (kind === 'transition') continue;
    [length, sum] = [0, 0];
    observation = environment.reset(keyOf(1, 'bench', ++episode)).observation;
  }
}

/** Pump, interaction, learning, a barrier and two side streams. */
async function wholeStream(steps: number): Promise<void> {
  const run = new Run();
  const agent = agentOf();
  const gauges: Record<string, number> = {};
  const training$ = pump(ticks(), run).pipe(
    take(steps),
    interact(make(), agent, { seed: 1 }),
    agent.learn(),
    barrier(every(100_000), run.gate, () => Promise.resolve(agent.save())),
    alongside(
      (error) => {
        throw error;
      },
      // Gauges for a scrape, and the episodes for a log.
      tap(({ index, player }) => {
        gauges[player] = index;
      }),
      filter(({ values }) => values.return !== undefined),
    ),
  );
  await run.done(training$);
}

const shapes: Readonly<Record<string, (steps: number) => void | Promise<void>>> = {
  'by hand, one loop over typed arrays': byHand,
  'environment and agent in a plain loop': plainLoop,
  'whole stream: pump, interact, learn, barrier, 2 side streams': wholeStream,
};

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** What Python makes of it; nothing where Gymnasium is not installed. */
function gymnasium(steps: number): TablesRow[] {
  const file = join(import.meta.dirname, 'gymnasium_loop.py');
  const answer = JSON.parse(execFileSync('python3', [file, String(steps)], { encoding: 'utf8' }));
  if (answer === null) return [];
  return [
    { shape: `Gymnasium ${answer.version}, its step loop alone`, stepsPerSecond: answer.bare },
    { shape: `Gymnasium ${answer.version}, Q-learning with NumPy`, stepsPerSecond: answer.learning },
  ];
}

/** @param options.steps of one sample; @param options.rounds how often the shapes take steps */
export async function benchTables({ steps = 2_000_000, rounds = 5 } = {}): Promise<TablesRow[]> {
  const samples = new Map(Object.keys(shapes).map((shape) => [shape, [] as number[]]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, shape] of Object.entries(shapes)) {
      const began = cpuSeconds();
      await shape(steps);
      if (round >= 0) samples.get(name)!.push(steps / (cpuSeconds() - began));
    }
  }
  const rows = [...samples].map(([shape, rates]) => ({ shape, stepsPerSecond: median(rates) }));
  return [...rows, ...gymnasium(100_000)];
}

/** The rows as a Markdown table. */
export function tablesTable(rows: readonly TablesRow[]): string {
  const whole = rows.find(({ shape }) => shape.startsWith('whole'))!.stepsPerSecond;
  const cells = rows.map(({ shape, stepsPerSecond }) => [
    shape,
    Math.round(stepsPerSecond).toLocaleString('en'),
    (whole / stepsPerSecond).toFixed(2),
  ]);
  return markdown(
    ['tabular Q-learning on the mountain car', 'steps a second:', 'whole stream over it:'],
    cells,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.log(tablesTable(await benchTables()));
