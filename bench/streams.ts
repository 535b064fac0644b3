/**
 * What a stream adds to a step of training, beside the plain loop. Run it with `npx tsx
 * bench/streams.ts`.
 *
 * A step is a fixed amount of work, so that only the loop around it differs. Times are CPU time of
 * the process, which other load on the machine does not count into, from an early step to the last:
 * beginning a run costs under a millisecond, once. The shapes take steps within every round; a
 * ratio is the median over the rounds of the ratio within a round, so slow drifts of the machine
 * cancel out.
 */
import { pathToFileURL } from 'node:url';
import { filter, take, tap } from 'rxjs';
import {
  alongside,
  barrier,
  every,
  learn,
  macrotask,
  nCritic,
  numbered,
  pump,
  Run,
  type StepEvent,
} from '../src/streams/index.ts';

/** One line of the table. */
export interface StreamsRow {
  /** The step's work, measured in the plain loop, in microseconds. */
  readonly workMicroseconds: number;
  readonly shape: string;
  readonly nanosecondsPerStep: number;
  /** Beyond the plain loop, as a share of it: 0.01 is one per cent. */
  readonly overhead: number;
  readonly addedNanoseconds: number;
}

/** Takes `steps` steps, numbered from 0. */
type Shape = (steps: number, step: (index: number, player: string) => StepEvent) => Promise<void>;

function* endless(): Generator<number> {
  for (;;) yield 1;
}

/** Always the same time for the same number of rounds. */
function toil(rounds: number): number {
  let value = 1;
  for (let i = 0; i < rounds; i++) value = Math.imul(value ^ (value >>> 15), 2246822519) + 1;
  return value;
}

const players = ['critic', 'critic', 'critic', 'critic', 'critic', 'generator'];

const shapes: Readonly<Record<string, Shape>> = {
  'plain loop': async (steps, step) => {
    for (let index = 0; index < steps; index++) step(index, players[index % 6]!);
  },
  // What any loop pays that lets the event loop run every 10 ms.
  'plain loop in slices': async (steps, step) => {
    let sliceEnd = macrotask.now() + 10;
    for (let index = 0; index < steps; index++) {
      step(index, players[index % 6]!);
      if (macrotask.now() < sliceEnd) continue;
      await new Promise<void>((resolve) => macrotask.schedule(resolve));
      sliceEnd = macrotask.now() + 10;
    }
  },
  'pump > nCritic > learn': async (steps, step) => {
    const run = new Run();
    const training$ = pump(numbered(endless()), run).pipe(
      nCritic(5),
      take(steps),
      learn(({ index, player }) => step(index, player), run.gate),
    );
    await run.done(training$);
  },
  '+ barrier, 2 side streams': async (steps, step) => {
    const run = new Run();
    const gauges: Record<string, number> = { critic: 0, generator: 0 };
    const training$ = pump(numbered(endless()), run).pipe(
      nCritic(5),
      take(steps),
      learn(({ index, player }) => step(index, player), run.gate),
      barrier(every(5_000), run.gate, () => Promise.resolve()),
      alongside(
        (error) => {
          throw error;
        },
        // Gauges for a scrape, and a sample for a log.
        tap((event) => {
          gauges[event.player] = event.values.loss!;
        }),
        filter((event) => event.index % 1_000 === 0),
      ),
    );
    await run.done(training$);
  },
};

/** CPU nanoseconds of the whole process. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

async function nanosecondsPerStep(shape: Shape, steps: number, work: number): Promise<number> {
  const first = Math.ceil(steps / 20);
  const last = steps - 1;
  let begin = 0;
  let end = 0;
  await shape(steps, (index, player) => {
    if (index === first) begin = cpu();
    else if (index === last) end = cpu();
    return { index, player, seconds: 0, values: { loss: toil(work) } };
  });
  if (end <= begin) throw new Error(`expected ${steps} steps`);
  return (end - begin) / (last - first);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Rounds of work that take about so many microseconds on this machine. */
async function roundsFor(microseconds: number): Promise<number> {
  const rounds = 20_000;
  const plain = shapes['plain loop']!;
  await nanosecondsPerStep(plain, 500, rounds);
  const times: number[] = [];
  for (let i = 0; i < 5; i++) times.push(await nanosecondsPerStep(plain, 500, rounds));
  return Math.round((microseconds * 1000 * rounds) / median(times));
}

/**
 * Measures every shape with steps of no work, 15 us, 50 us and 1 ms.
 * @param options.rounds how often the shapes take steps
 * @param options.sampleMs CPU time of one sample, about
 */
export async function benchStreams({ rounds = 40, sampleMs = 30 } = {}): Promise<StreamsRow[]> {
  const rows: StreamsRow[] = [];
  for (const microseconds of [0, 15, 50, 1000]) {
    const work = await roundsFor(microseconds);
    const steps = Math.max(20, Math.round((sampleMs * 1000) / (microseconds || 0.2)));
    const samples = new Map(Object.keys(shapes).map((name) => [name, [] as number[]]));
    for (const shape of Object.values(shapes)) await nanosecondsPerStep(shape, steps, work);
    for (let round = 0; round < rounds; round++) {
      for (const [name, shape] of Object.entries(shapes))
        samples.get(name)!.push(await nanosecondsPerStep(shape, steps, work));
    }
    const plain = samples.get('plain loop')!;
    for (const [shape, times] of samples) {
      rows.push({
        workMicroseconds: median(plain) / 1000,
        shape,
        nanosecondsPerStep: median(times),
        overhead: median(times.map((time, i) => time / plain[i]!)) - 1,
        addedNanoseconds: median(times.map((time, i) => time - plain[i]!)),
      });
    }
  }
  return rows;
}

/** The rows as a Markdown table. */
export function streamsTable(rows: readonly StreamsRow[]): string {
  const cells = [
    ['step', 'shape', 'ns a step', 'added ns', 'overhead'],
    ['---:', '---', '---:', '---:', '---:'],
    ...rows.map(({ workMicroseconds, shape, nanosecondsPerStep, overhead, addedNanoseconds }) => [
      workMicroseconds < 1 ? 'empty' : `${workMicroseconds.toFixed(1)} us`,
      shape,
      nanosecondsPerStep.toFixed(0),
      shape === 'plain loop' ? '' : addedNanoseconds.toFixed(0),
      shape === 'plain loop' || workMicroseconds < 1 ? '' : `${(100 * overhead).toFixed(2)} %`,
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const right = (column: number) => column !== 1;
  return cells
    .map((row) => row.map((cell, i) => (right(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))))
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(streamsTable(await benchStreams()));
}
