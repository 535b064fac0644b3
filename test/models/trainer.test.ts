import * as tf from '@tensorflow/tfjs-core';
import { take, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { keyOf, uniforms, Value } from '../../src/engine/index.ts';
import {
  adam,
  type Batch,
  batchNorm,
  dense,
  mlpCritic,
  mlpGenerator,
  NonFiniteLossError,
  NonFiniteStateError,
  relu,
  rmsprop,
  type System,
  sequential,
  train,
  wgan,
  wganGp,
} from '../../src/models/index.ts';
import { inOrder, nCritic, phases, pump, Run, type Step, type StepEvent } from '../../src/streams/index.ts';
import { engineNames, engines, later, noise } from './support.ts';

const small = {
  critic: mlpCritic({ width: 8, depth: 2 }),
  generator: sequential([dense(8), batchNorm(), relu(), mlpGenerator({ width: 8, depth: 1, outputs: 2 })]),
  latent: 2,
  average: 0.9,
};

const systems = {
  wgan: wgan({
    ...small,
    optimizers: { critic: rmsprop({ rate: 1e-3 }), generator: rmsprop({ rate: 1e-3 }) },
  }),
  'wgan-gp': wganGp({
    ...small,
    optimizers: {
      critic: adam({ rate: 1e-3, beta1: 0.5 }),
      generator: adam({ rate: (i) => 1e-3 / (1 + i) }),
    },
  }),
};

const step = (index: number, player = index % 3 === 2 ? 'generator' : 'critic'): Step<Batch> => ({
  index,
  player,
  batch: { examples: noise(`batch ${index}`, [8, 2]) },
});

const steps = (trainer: { step(step: Step<Batch>): unknown }, begin: number, end: number) =>
  Array.from({ length: end - begin }, (_, i) => trainer.step(step(begin + i)) as StepEvent);

const valuesOf = (events: readonly StepEvent[]) => events.map(({ values }) => values);

/** A system of one number, which each step adds to itself; its output is told apart from it. */
function counting(tell: (x: tf.Tensor) => tf.Tensor): System {
  return {
    name: 'counting',
    players: ['adder'],
    init: () => ({ x: Value.scalar(1e38) }),
    programs: {
      adder: {
        name: 'counting/adder',
        run: (state) => {
          const x = tf.add(state.x as tf.Tensor, state.x as tf.Tensor);
          return { state: { x }, outputs: { loss: tell(x) } };
        },
      },
    },
    inputs: () => ({}),
    sampler: {
      name: 'counting/sampler',
      run: (state) => ({ state, outputs: { samples: state.x as tf.Tensor } }),
    },
    samplerInputs: () => ({}),
  };
}

describe.each(engineNames)('a trainer on %s', (name) => {
  const engine = engines[name];

  describe.each(['wgan', 'wgan-gp'] as const)('of %s', (kind) => {
    it('goes on from a saved state as if it had never stopped, bit for bit', () => {
      const whole = train(systems[kind], engine, { seed: 3 });
      const events = steps(whole, 0, 12);
      const expected = whole.save();
      whole.close();

      const first = train(systems[kind], engine, { seed: 3 });
      steps(first, 0, 7);
      const saved = first.save();
      first.close();
      const second = train(systems[kind], engine, { seed: 3 });
      second.restore(saved);
      expect(second.index).toBe(7);
      const rest = steps(second, 7, 12);
      expect(second.save()).toEqual(expected);
      expect(valuesOf(rest)).toEqual(valuesOf(events.slice(7)));
      second.close();
    });

    it('holds the same number of tensors after every step, and none when it is closed', () => {
      const before = engine.memory().tensors;
      const trainer = train(systems[kind], engine);
      const opened = engine.memory().tensors;
      for (let index = 0; index < 30; index++) {
        trainer.step(step(index));
        expect(engine.memory().tensors).toBe(opened);
      }
      trainer.close();
      expect(engine.memory().tensors).toBe(before);
    });
  });

  it('learns the same where the engine answers with promises', async () => {
    const plain = train(systems['wgan-gp'], engine, { seed: 3 });
    const slow = train(systems['wgan-gp'], later(engine), { seed: 3 });
    for (let index = 0; index < 4; index++) {
      const answer = slow.step(step(index));
      expect(answer).toBeInstanceOf(Promise);
      expect(slow.index).toBe(index);
      const { values } = plain.step(step(index)) as StepEvent;
      expect((await answer).values).toEqual(values);
      expect(slow.index).toBe(index + 1);
    }
    expect(slow.save()).toEqual(plain.save());
    expect(await slow.sample(5)).toEqual(await plain.sample(5));
    slow.close();
    plain.close();
  });
});

describe('a trainer', () => {
  it.each([
    ['at once', engines.cpu],
    ['with promises', later(engines.cpu)],
  ])('learns as an operator of a stream where the engine answers %s', async (_, engine) => {
    const byHand = train(systems['wgan-gp'], engines.cpu, { seed: 3 });
    const expected = valuesOf(steps(byHand, 0, 7));
    const [run, trainer, events] = [
      new Run(),
      train(systems['wgan-gp'], engine, { seed: 3 }),
      [] as StepEvent[],
    ];
    const batches = Array.from({ length: 9 }, (_, index) => ({ index, batch: step(index).batch }));
    const training$ = pump(batches, run).pipe(
      nCritic(2),
      take(7),
      trainer.learn(run.gate),
      tap((event) => events.push(event)),
    );
    expect(await run.done(training$)).toMatchObject({ events: 7, ended: 'completed' });
    expect(events.map(({ index, player }) => [index, player])).toEqual(
      [...'ccgccgc'].map((letter, index) => [index, letter === 'c' ? 'critic' : 'generator']),
    );
    expect(valuesOf(events)).toEqual(expected);
    for (const { seconds } of events) expect(seconds).toBeGreaterThan(0);
    expect(trainer.save()).toEqual(byHand.save());
    trainer.close();
    byHand.close();
  });

  it('starts from weights and goes on by noise that its seed decides', () => {
    const [one, same, other] = [3, 3, 4].map((seed) => {
      const trainer = train(systems.wgan, engines.cpu, { seed });
      const events = steps(trainer, 0, 3);
      const saved = trainer.save();
      trainer.close();
      return { values: valuesOf(events), saved };
    });
    expect(same).toEqual(one);
    expect(other!.values).not.toEqual(one!.values);
    expect(other!.saved.tensors).not.toEqual(one!.saved.tensors);
    expect(one!.saved.state).toMatchObject({ index: 3, seed: 3, system: 'wgan' });
  });

  it('gives every step a key of its own, by seed, system and index', () => {
    const drawing: System = {
      ...counting((x) => x),
      programs: {
        adder: {
          name: 'tell',
          run: (state, { drawn }) => ({ state, outputs: { drawn: drawn as tf.Tensor } }),
        },
      },
      inputs: (_, key) => ({ drawn: uniforms(key, []) }),
    };
    const trainer = train(drawing, engines.cpu, { seed: 5 });
    const drawn = [0, 1, 2].map((index) => trainer.step({ ...step(index), player: 'adder' }) as StepEvent);
    expect(drawn.map(({ values }) => values.drawn)).toEqual(
      [0, 1, 2].map((index) => uniforms(keyOf(5, 'counting', index), []).data[0]),
    );
    trainer.close();
  });

  it('draws samples by seed, which cost no step and change nothing', async () => {
    const trainer = train(systems['wgan-gp'], engines.cpu);
    steps(trainer, 0, 3);
    const before = trainer.save();
    const samples = await trainer.sample(6);
    expect(samples.shape).toEqual([6, 2]);
    expect(await trainer.sample(6, 0)).toEqual(samples);
    expect(await trainer.sample(6, 1)).not.toEqual(samples);
    expect(trainer.save()).toEqual(before);
    trainer.close();
  });

  it('refuses a turn out of order, a player that it does not know, and examples of another shape, and can go on', () => {
    const trainer = train(systems.wgan, engines.cpu);
    steps(trainer, 0, 2);
    expect(() => trainer.step(step(1))).toThrow(new RangeError('train: expected step 2, got 1'));
    expect(() => trainer.step(step(3))).toThrow(new RangeError('train: expected step 2, got 3'));
    expect(() => trainer.step(step(2, 'referee'))).toThrow(
      new RangeError('train: player: expected one of critic, generator, got "referee"'),
    );
    expect(() => trainer.step({ ...step(2), batch: { examples: noise('x', [8, 3]) } })).toThrow(
      new RangeError('wgan: expected examples of [2], as the generator makes them, got [3]'),
    );
    steps(trainer, 2, 3);
    expect(trainer.index).toBe(3);
    trainer.close();
  });

  it.each([
    ['at once', engines.cpu],
    ['with promises', later(engines.cpu)],
  ])('ends at the first value that is no number, and says whose it was (%s)', async (_, engine) => {
    const trainer = train(systems['wgan-gp'], engine);
    await trainer.step(step(0));
    const good = trainer.save();
    const spoilt = { ...step(1), batch: { examples: Value.filled([8, 2], Number.NaN) } };
    const failure = await (async () => trainer.step(spoilt))().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NonFiniteLossError);
    expect(failure).toMatchObject({ code: 'NON_FINITE_LOSS', kind: 'policy', player: 'critic', index: 1 });
    expect((failure as Error).message).toContain('step 1 of critic: loss is NaN');
    expect(() => trainer.step(step(1))).toThrow(NonFiniteLossError);
    expect(() => trainer.save()).toThrow(NonFiniteLossError);
    trainer.restore(good);
    await trainer.step(step(1));
    expect(trainer.index).toBe(2);
    trainer.close();
  });

  it('saves no state that holds what is no number, though every loss was one', () => {
    const trainer = train(
      counting(() => tf.scalar(1)),
      engines.cpu,
    );
    const adding = (index: number) => trainer.step({ ...step(index), player: 'adder' });
    adding(0);
    trainer.save();
    adding(1);
    expect(() => trainer.save()).toThrow(NonFiniteStateError);
    expect(() => trainer.save()).toThrow('state before step 2: x holds Infinity');
    trainer.close();
  });

  it.each([
    [{ system: 'other' }, 'restore: expected a state of wgan, got one of other'],
    [{ seed: 4 }, 'restore: expected seed 3, got 4'],
    [{ plan: 'a 3, b' }, 'restore: plan: expected "no phases", got "a 3, b"'],
    [{ index: -1 }, 'restore: index: expected a whole number from 0, got -1'],
  ])('refuses a saved state with %j, and stays as it was', (wrong, message) => {
    const trainer = train(systems.wgan, engines.cpu, { seed: 3 });
    const saved = trainer.save();
    steps(trainer, 0, 1);
    const before = trainer.save();
    expect(() => trainer.restore({ ...saved, state: { ...saved.state, ...wrong } })).toThrow(
      new RangeError(message),
    );
    expect(() => trainer.restore({ ...saved, tensors: {} })).toThrow(RangeError);
    expect(trainer.save()).toEqual(before);
    trainer.close();
  });

  it.each([-1, 1.5, Number.NaN])('refuses the seed %s', async (seed) => {
    const message = `seed: expected a whole number from 0, got ${seed}`;
    expect(() => train(systems.wgan, engines.cpu, { seed })).toThrow(`train: ${message}`);
    const trainer = train(systems.wgan, engines.cpu);
    await expect(trainer.sample(1, seed)).rejects.toThrow(`sample: ${message}`);
    trainer.close();
  });

  it('refuses to draw no samples, and to do anything when it is closed', async () => {
    const trainer = train(systems.wgan, engines.cpu);
    await expect(trainer.sample(0)).rejects.toThrow('sample: count: expected a whole number from 1, got 0');
    trainer.close();
    expect(() => trainer.step(step(0))).toThrow('closed');
    expect(() => trainer.save()).toThrow('closed');
  });
});

describe('the rate factor', () => {
  const made = (rate: number) => {
    const optimizers = { critic: adam({ rate }), generator: adam({ rate }) };
    return train(wgan({ ...small, optimizers }), engines.cpu, { seed: 1 });
  };

  it('is as if the rates had been configured so', () => {
    const slowed = made(1e-2);
    slowed.rateFactor = 0.25;
    const slow = made(2.5e-3);
    expect(valuesOf(steps(slowed, 0, 6))).toEqual(valuesOf(steps(slow, 0, 6)));
    expect(valuesOf(steps(made(1e-2), 0, 6))).not.toEqual(valuesOf(steps(made(2.5e-3), 0, 6)));
  });

  it('is saved and restored, and leaves no trace where it is 1', () => {
    const trainer = made(1e-2);
    steps(trainer, 0, 3);
    expect(trainer.save().state).not.toHaveProperty('rateFactor');
    trainer.rateFactor = 0.5;
    const saved = trainer.save();
    const rest = valuesOf(steps(trainer, 3, 6));
    const other = made(1e-2);
    other.restore(saved);
    expect(other.rateFactor).toBe(0.5);
    expect(valuesOf(steps(other, 3, 6))).toEqual(rest);
  });

  it.each([0, -1, Number.NaN, Infinity])('refuses %d', (factor) => {
    expect(() => {
      made(1e-2).rateFactor = factor;
    }).toThrow('rateFactor: expected a finite number above 0');
  });
});

describe('a trainer of a plan', () => {
  const plan = phases([
    { name: 'first', steps: 2, schedule: inOrder(['critic']) },
    { name: 'second', schedule: nCritic(1) },
  ]);
  const open = (text?: string) =>
    train(systems.wgan, engines.cpu, { seed: 3, ...(text !== undefined && { plan: text }) });

  it('says in its events where they stood', () => {
    const trainer = open(plan.text);
    const batch = { examples: noise('batch', [4, 2]) };
    const events = [0, 1, 2].map(
      (index) => trainer.step({ index, batch, ...plan.moveAt(index) }) as StepEvent,
    );
    expect(events.map(({ phase }) => `${phase?.name} ${phase?.step}`)).toEqual([
      'first 0',
      'first 1',
      'second 0',
    ]);
    trainer.close();
  });

  it('goes on with the same plan only', () => {
    const trainer = open(plan.text);
    const saved = trainer.save();
    expect(saved.state.plan).toBe('first 2, second');
    const [same, other, none] = [open(plan.text), open('first 3, second'), open()];
    same.restore(saved);
    expect(() => other.restore(saved)).toThrow(
      new RangeError('restore: plan: expected "first 3, second", got "first 2, second"'),
    );
    expect(() => none.restore(saved)).toThrow(RangeError);
    for (const one of [trainer, same, other, none]) one.close();
  });
});
