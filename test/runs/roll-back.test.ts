import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  execute,
  policiesOf,
  RollbackError,
  RunDirectory,
  type RunEvent,
  resume,
  runContext,
} from '../../src/runs/index.ts';
import { MetricRegistry, telemetry } from '../../src/telemetry/index.ts';
import { smallRun } from '../support/run.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();

/**
 * Rates at which the state becomes infinite within five steps; at a quarter of them it stays
 * finite.
 */
const wild = {
  width: '4',
  depth: '1',
  'critic-steps': '1',
  'decay-from': '0',
  'decay-to': '0',
  'critic-rate': '3e6',
  'generator-rate': '3e6',
};

/** A run under a watchdog, to its end or up to a step. */
async function guarded(name: string, policy: string, stopAt = Infinity, rate = '3e6') {
  const set = new Map(Object.entries({ ...wild, 'critic-rate': rate, 'generator-rate': rate }));
  const { config, directory, assembly } = await smallRun(join(root, name), { steps: 60, set });
  return { directory, ...(await go({ config, directory, assembly }, policy, stopAt)) };
}

type Small = Awaited<ReturnType<typeof smallRun>>;

async function go({ config, directory, assembly }: Small, policy: string, stopAt = Infinity) {
  const registry = new MetricRegistry();
  const [warnings, events]: [string[], RunEvent[]] = [[], []];
  const warn = (message: string) => void warnings.push(message);
  const onAlert = policiesOf([`NonFiniteValues=${policy}`]);
  const context = runContext({ directory, config: { ...config, onAlert }, assembly, warn });
  const { observers = [] } = await telemetry({ registry })(context);
  const { run } = context;
  const all = [
    ...observers,
    {
      name: 'test',
      onStep: ({ index }: { index: number }) => index === stopAt - 1 && run.stop(),
      onEvent: (event: RunEvent) => void events.push(event),
    },
  ];
  const report = await execute(context, { observers: all }).catch((error: unknown) => error);
  const rollbacks = events.filter(({ kind }) => kind === 'rollback');
  return { report, rollbacks, warnings, registry, factor: () => assembly.learner.rateFactor };
}

const hashOf = (folder: string) => {
  const newest = readdirSync(folder).sort().at(-1)!;
  return [
    newest,
    createHash('sha256')
      .update(readFileSync(join(folder, newest)))
      .digest('hex'),
  ];
};

describe('a rollback', () => {
  it('brings a run that diverges to its end, with lower rates', async () => {
    const { report, rollbacks, directory, registry } = await guarded('diverges', 'rollback');
    expect(report).toMatchObject({ ended: 'finished', steps: 60 });
    expect(rollbacks).toEqual([
      expect.objectContaining({ index: 0, from: 5, factor: 0.5 }),
      expect.objectContaining({ index: 0, from: 5, factor: 0.25 }),
    ]);
    const { body } = await registry.scrape();
    expect(body).toContain('weir_rollbacks_total{run="run"} 2');
    expect(body).toContain('weir_alerts_total{rule="NonFiniteValues",run="run"} 2');
    const logged = readFileSync(directory.log, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(logged.map(({ index }) => index)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect(logged.every(({ loss }) => Number.isFinite(loss))).toBe(true);
  });

  it('is part of what a resumed run goes on with, to the same bytes', async () => {
    const whole = await guarded('whole', 'rollback');
    const stopped = await guarded('stopped', 'rollback', 31);
    expect(stopped.report).toMatchObject({ ended: 'stopped', steps: 31 });

    const set = new Map(Object.entries(wild));
    const again = await smallRun(join(root, 'again'), { steps: 60, set });
    const there = { ...again, directory: stopped.directory };
    await resume({ ...there, warn: () => {} });
    expect(there.assembly.learner.rateFactor).toBe(0.25);
    const resumed = await go(there, 'rollback');
    expect(resumed.report).toMatchObject({ ended: 'finished', steps: 60, startedAt: 31 });
    expect(hashOf(stopped.directory.checkpoints)).toEqual(hashOf(whole.directory.checkpoints));
  });

  it('is given up after three', async () => {
    const { report, rollbacks } = await guarded('hopeless', 'rollback', Infinity, '1e30');
    expect(report).toBeInstanceOf(RollbackError);
    expect(report).toMatchObject({ kind: 'policy', cause: { code: 'NON_FINITE_LOSS' } });
    expect(rollbacks).toHaveLength(3);
  });

  it('is given up after three, of which some were before a resume', async () => {
    const name = 'hopeless before';
    expect((await guarded(name, 'rollback', Infinity, '1e30')).rollbacks).toHaveLength(3);
    const set = new Map(Object.entries({ ...wild, 'critic-rate': '1e30', 'generator-rate': '1e30' }));
    const again = await smallRun(join(root, 'hopeless again'), { steps: 60, set });
    const directory = new RunDirectory(join(root, name));
    await resume({ ...again, directory, warn: () => {} });
    const { report, rollbacks } = await go({ ...again, directory }, 'rollback');
    expect(report).toBeInstanceOf(RollbackError);
    expect(rollbacks).toEqual([]);
  });

  it('is not done where the policy only warns', async () => {
    const { report, rollbacks, warnings } = await guarded('warned', 'warn');
    expect(report).toMatchObject({ code: 'NON_FINITE_STATE' });
    expect(rollbacks).toEqual([]);
    expect(warnings[0]).toMatch(/^alert NonFiniteValues \(critical\) at step 5: state before step 5/);
  });
});

describe('orders from beside the run', () => {
  it('roll back between two turns to a checkpoint from before the trouble, and remove later ones', async () => {
    const context = runContext(await smallRun(join(root, 'asked')));
    const { control } = context;
    let ordered = false;
    const onStep = ({ index }: { index: number }) => {
      if (index !== 17 || ordered) return;
      ordered = true;
      control.rollBack('for a test', 12);
    };
    const events: RunEvent[] = [];
    const onEvent = (each: RunEvent) => void events.push(each);
    const observers = [{ name: 'test', onStep, onEvent }];
    const report = await execute(context, { observers });
    expect(report).toMatchObject({ ended: 'finished', steps: 20 });
    const back = events.find(({ kind }) => kind === 'rollback');
    expect(back).toMatchObject({ index: 10, from: 19, reason: 'for a test', factor: 0.5 });
    expect(events.some(({ kind }) => kind === 'fault')).toBe(false);
  });

  it('stop a run with a checkpoint and an error that says why', async () => {
    const context = runContext(await smallRun(join(root, 'stopped-by-alert')));
    const { directory, control } = context;
    const onStep = ({ index }: { index: number }) => index === 6 && control.stopFor('ModeCollapse: alike');
    const executed = execute(context, { observers: [{ name: 'test', onStep }] });
    await expect(executed).rejects.toMatchObject({ code: 'STOPPED_BY_ALERT', kind: 'policy' });
    expect(readdirSync(directory.checkpoints).sort().at(-1)).toBe('checkpoint-0000000007.safetensors');
    const { error } = JSON.parse(readFileSync(join(directory.path, 'report.json'), 'utf8'));
    expect(error).toEqual({ code: 'STOPPED_BY_ALERT', message: 'ModeCollapse: alike' });
  });
});
