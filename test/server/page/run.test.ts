import { describe, expect, it } from 'vitest';
import { pageModule } from './page-modules.ts';

const { Run } = await pageModule('run.js');
const { Events } = await pageModule('events.js');

const at = '2026-01-01T00:00:00.000Z';
const step = (index: number, player = 'critic', loss = index) => ({ index, player, seconds: 0.5, loss });
const started = (index: number) => ({ at, kind: 'started', index, steps: 100 });
const rollback = (index: number, from: number) =>
  ({ at, kind: 'rollback', index, from, reason: 'x', factor: 0.5 }) as const;

type Event = { at: string; kind: string; index: number };

/** A page at event 0, and a server whose answers are given when the test says so. */
function world() {
  const events = new Events();
  events.begin({ epoch: 'e', seq: 0 });
  const asked = { detail: [] as ((answer: object) => void)[], curves: [] as ((answer: object) => void)[] };
  const wait = (kind: keyof typeof asked) => () =>
    new Promise((resolve) => {
      asked[kind].push(resolve);
    });
  const summary = { id: 'a', name: 'a', state: 'running', done: 0, steps: 100 };
  const run = new Run(summary, events, () => {}, wait('detail'), wait('curves'));
  const position = (seq: number, epoch = 'e') => ({ epoch, seq, version: -1, status: {} });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    run,
    events,
    asked,
    async answerDetail(seq: number, events: Event[] = [], more: object = {}) {
      asked.detail.shift()!({ position: position(seq), ...summary, events, report: null, ...more });
      await settled();
    },
    async answerCurves(seq: number, steps: ReturnType<typeof step>[], more: object = {}) {
      const index = steps.map(({ index }) => index);
      const series = index.length > 0 && {
        'critic/loss': { index, time: index.map((i) => 0.5 * (i + 1)), mean: steps.map(({ loss }) => loss) },
      };
      const players = { critic: { steps: index.length, seconds: index.length / 2 } };
      const answer = { position: position(seq), last: index.at(-1) ?? -1, players, steps: [], series };
      asked.curves.shift()!({ ...answer, missing: false, ...more });
      await settled();
    },
    points: () => [run.curves.get('critic/loss')?.index ?? [], run.curves.get('critic/loss')?.mean ?? []],
  };
}

/** A run that was read with some steps at an event. */
async function read(seq: number, steps: ReturnType<typeof step>[] = [], events: Event[] = []) {
  const made = world();
  const loading = made.run.load();
  await made.answerDetail(seq, events);
  await made.answerCurves(seq, steps);
  await loading;
  return made;
}

describe('Run', () => {
  it('takes in the events behind what it has read, and those alone', async () => {
    const { run, points } = await read(7, [step(0), step(2)]);
    run.hear(6, { run: 'a', step: step(2) });
    run.hear(7, { run: 'a', step: step(3, 'generator') });
    run.hear(8, { run: 'a', step: step(4) });
    expect(points()[0]).toEqual([0, 2, 4]);
    expect(run.players).toEqual({
      critic: { steps: 3, seconds: 1.5 },
      generator: { steps: 1, seconds: 0.5 },
    });
    expect(run.done).toBe(5);
  });

  it('takes the steps that it does not hear of to have lasted as long as the next one', async () => {
    const { run } = await read(0);
    run.hear(0, { run: 'a', step: step(0) });
    run.hear(1, { run: 'a', step: step(10) });
    expect(run.curves.get('critic/loss').time).toEqual([0.5, 5.5]);
  });

  it('keeps what it is told while it reads, be the answer of before or of after that', async () => {
    for (const seq of [3, 4, 5]) {
      const { run, answerCurves, answerDetail, points } = world();
      run.load();
      run.hear(3, { run: 'a', step: step(3) });
      run.hear(4, { run: 'a', step: step(4) });
      await answerDetail(seq);
      await answerCurves(
        seq,
        [0, 1, 2, 3, 4].slice(0, seq).map((i) => step(i)),
      );
      expect(points()[0]).toEqual([0, 1, 2, 3, 4]);
    }
  });

  it('takes steps that the log does not have yet from the same answer', async () => {
    const { run, answerCurves, points } = world();
    run.reading.curves.ask();
    await answerCurves(9, [step(0)], { steps: [step(1), step(2)] });
    expect(points()[0]).toEqual([0, 1, 2]);
  });

  it('goes back with a run that is rolled back, though an answer of before arrives behind that', async () => {
    const { run, events, asked, answerDetail, answerCurves, points } = await read(
      5,
      [0, 1, 2, 3].map((i) => step(i)),
    );
    const status = (done: number) => ({ a: { state: 'running', done, stages: [] } });
    events.heed({ version: 1, status: status(4) });
    // It asks for something, and before the answer arrives, hears that the run went back.
    const before = run.reading.curves.ask();
    const besides = run.reading.detail.ask();
    events.heed({ version: 2, status: status(1) });
    run.hear(5, { run: 'a', event: rollback(1, 4) });
    run.hear(6, { run: 'a', step: step(1, 'critic', 77) });
    expect(run.done).toBe(1);
    await answerDetail(5, [], { done: 4 });
    await answerCurves(5, [step(0), step(1), step(2), step(3)]);
    expect(run.done).toBe(1);
    expect(run.detail.events).toEqual([rollback(1, 4)]);
    // The answer of before is not the last: it has asked again.
    expect(asked.curves).toHaveLength(1);
    await answerCurves(7, [step(0), step(1, 'critic', 77)]);
    await Promise.all([before, besides]);
    expect(points()).toEqual([
      [0, 1],
      [0, 77],
    ]);
    run.hear(7, { run: 'a', step: step(2, 'critic', 78) });
    expect(points()[1]).toEqual([0, 77, 78]);
  });

  it.each([
    ['it was told of the roll-back', 6],
    ['it was told of it and of the first step behind it', 7],
  ])('shows the steps behind a roll-back where it reads as %s', async (_, seq) => {
    const { run, answerCurves, points } = await read(5, [step(0), step(1), step(2)]);
    run.hear(5, { run: 'a', event: rollback(1, 3) });
    run.hear(6, { run: 'a', step: step(1, 'critic', 77) });
    await answerCurves(seq, [step(0), ...(seq === 7 ? [step(1, 'critic', 77)] : [])]);
    expect(points()[1]).toEqual([0, 77]);
  });

  it('knows of a roll-back that it has read, and does not read for it again', async () => {
    const { run, asked, points } = await read(9, [step(0)], [started(0), rollback(1, 3)]);
    run.hear(8, { run: 'a', event: rollback(1, 3) });
    expect([asked.curves.length, run.detail.events.length]).toEqual([0, 2]);
    run.hear(9, { run: 'a', step: step(1) });
    expect(points()[0]).toEqual([0, 1]);
  });

  it('reads again what belongs to another server, or to a place in the stream that is lost', async () => {
    const { run, events, asked, answerCurves, points } = world();
    run.load();
    expect(events.follow({ epoch: 'e', from: 40, to: 50, version: 0 })).toBe(false);
    await answerCurves(30, [step(0), step(1)]);
    expect(asked.curves).toHaveLength(1);
    await answerCurves(50, [step(0), step(1), step(2)]);
    expect(points()[0]).toEqual([0, 1, 2]);
    expect(events.follow({ epoch: 'e', from: 50, to: 51, version: 0 })).toBe(true);
    expect(events.follow({ epoch: 'other', from: 51, to: 52, version: 0 })).toBe(false);
  });

  it('takes events in once, those of a file that reaches further than its position too', async () => {
    const evaluation = { at, kind: 'evaluation', index: 5, seconds: 1, values: { fid: 3 } };
    const { run } = await read(3, [], [started(0)]);
    run.hear(2, { run: 'a', event: { ...started(0), at: 'older' } });
    run.hear(3, { run: 'a', event: started(0) });
    run.hear(4, { run: 'a', event: evaluation });
    expect(run.detail.events).toEqual([started(0), evaluation]);
    expect(run.curves.get('evaluation/fid').mean).toEqual([3]);
  });

  it('has ended when it is told so', async () => {
    const { run, events } = await read(0);
    expect(run.going).toBe(true);
    run.hear(0, { run: 'a', event: { at, kind: 'ended', index: 5, ended: 'failed' } });
    expect([run.going, run.state]).toEqual([false, 'failed']);
    events.heed({ version: 1, status: { a: { state: 'paused', done: 7, stages: [] } } });
    events.heed({ version: 0, status: { a: { state: 'running', done: 6, stages: [] } } });
    expect([run.state, run.done]).toEqual(['paused', 7]);
  });

  it('has stages lately while it goes on, and over all when it has ended', async () => {
    const { run, events } = await read(0);
    const lately = [{ name: 'pump', kind: 'source', items: 4, rate: 7, busy: null }];
    events.heed({ version: 1, status: { a: { state: 'running', done: 4, stages: lately } } });
    expect(run.stages).toBe(lately);
    expect(run.rate).toBe(7);
    const some = [step(0), step(1, 'generator'), step(2), step(3, 'generator')];
    for (const [i, step] of some.entries()) run.hear(i, { run: 'a', step });
    run.hear(4, { run: 'a', event: { at, kind: 'checkpoint', index: 4, seconds: 2 } });
    events.heed({ version: 2, status: {} });
    run.hear(5, { run: 'a', event: { at, kind: 'ended', index: 4, ended: 'finished' } });
    run.detail.report = { totalSeconds: 4, stepsPerSecond: 1 };
    const told = run.stages.map(({ name, items, rate, busy }: Record<string, unknown>) => [
      name,
      items,
      rate,
      busy,
    ]);
    expect(told).toEqual([
      ['pump', 4, 1, null],
      ['schedule', 4, 1, null],
      ['critic', 2, 0.5, 0.25],
      ['generator', 2, 0.5, 0.25],
      ['checkpoint', 1, 0.25, 0.5],
      ['log', 4, 1, null],
    ]);
  });

  it('has no schedule where a single player learned, as of an agent', async () => {
    const { run } = await read(0, [step(0), step(1)]);
    run.hear(0, { run: 'a', event: { at, kind: 'ended', index: 2, ended: 'finished' } });
    expect(run.stages.map(({ name }: Record<string, unknown>) => name)).toEqual(['pump', 'critic', 'log']);
  });
});
