import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fold, keyOf } from '../../../src/engine/index.ts';
import {
  checkStep,
  type Environment,
  environmentLaws,
  Gymnasium,
  type PythonOptions,
  readEnvironmentName,
  VectorEnvironment,
} from '../../../src/rl/index.ts';
import { fixtures, hasGymnasium, python } from '../../support/gymnasium.ts';
import { scratchFolder } from '../../support/weir.ts';

const open: Gymnasium[] = [];
const key = keyOf(1);

/** A process for environments of a name, which the test closes. */
function bridge(name: string, options: PythonOptions = {}): Gymnasium {
  const made = new Gymnasium(readEnvironmentName(`gymnasium:${name}`), options);
  open.push(made);
  return made;
}

const own = (name: string, options?: PythonOptions) => bridge(`weir_environments:${name}`, options).make();

afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

describe.skipIf(!hasGymnasium)('real environments of Gymnasium', () => {
  beforeAll(() => {
    process.env.PYTHONPATH = fixtures;
  });

  describe.each(['CartPole-v1', 'Pendulum-v1'])('%s', (name) => {
    const gymnasium = new Gymnasium(readEnvironmentName(`gymnasium:${name}`));
    for (const { rule, check } of environmentLaws(() => gymnasium.make(), { steps: 30, episodes: 2 }))
      it(rule, check);
  });

  it('have the trajectories that they have in Python', () => {
    const environment = bridge('MountainCarContinuous-v0').make();
    const actions = Array.from({ length: 30 }, (_, i) => environment.action.sample(fold(key, i)));
    const first = environment.reset(key).observation;
    const steps = actions.map((action) => environment.step(action));
    const script = `
import gymnasium, json, numpy, sys
seed, actions = json.load(sys.stdin)
env = gymnasium.make("MountainCarContinuous-v0")
rows = [[env.reset(seed=seed)[0].tolist(), 0]]
for action in actions:
    observation, reward, *_ = env.step(numpy.array(action, numpy.float32))
    rows.append([observation.tolist(), float(reward)])
print(json.dumps(rows))`;
    const input = JSON.stringify([key.low >>> 1, actions]);
    const rows = JSON.parse(execFileSync(python, ['-c', script], { input, encoding: 'utf8' }));
    expect([[first, 0], ...steps.map(({ observation, reward }) => [observation, reward])]).toEqual(rows);
  });

  it('take their arguments from the name', () => {
    const environment = own('Counter?size=2.5');
    environment.reset(key);
    expect(environment.step(1)).toEqual({ kind: 'transition', reward: 1, observation: [2.5, 1] });
  });

  it('are stepped together, with the steps that each has alone', () => {
    const rollout = (make: () => Environment<readonly number[], unknown>, count: number) => {
      const environments = new VectorEnvironment(make, { count, seed: 3 });
      return environments.collect(12, new Int32Array(12 * count), (row) => row % 2);
    };
    const gymnasium = bridge('CartPole-v1');
    const alone = () => {
      const environment = gymnasium.make();
      return new Proxy(environment, {
        get: (from, name) => {
          const value = name === 'startStep' ? undefined : Reflect.get(from, name);
          return typeof value === 'function' ? value.bind(from) : value;
        },
      });
    };
    expect(rollout(() => gymnasium.make(), 3)).toEqual(rollout(alone, 3));
  });

  it('may have observations in parts and several switches as actions', () => {
    const environment = own('Parts');
    expect(environment.observation.shape).toEqual([5]);
    expect(environment.action).toMatchObject({ kind: 'discrete', size: 6 });
    expect(environment.reset(key).observation).toEqual([1, 0, 0, 0.5, -0.5]);
    expect(environment.step(5)).toMatchObject({ reward: 12, observation: [0, 1, 0, 0.5, -0.5] });
  });

  it('get numbers within their bounds', () => {
    const environment = own('Pushed');
    environment.reset(key);
    expect(environment.step([1.5]).reward).toBe(1.5);
    expect(environment.step([7]).reward).toBe(2);
    expect(() => environment.step([1, 2])).toThrow('action: expected a list of 1 finite numbers, got [1,2]');
  });

  it('may print what they like', () => {
    const gymnasium = bridge('weir_environments:Printing');
    const environment = gymnasium.make();
    environment.reset(key);
    for (let i = 0; i < 5; i++) environment.step(0);
    expect(gymnasium.printed()).toBe('a line on standard output\n'.repeat(5));
  });

  it('say how they were left where they cannot be restored', () => {
    const environment = own('Chancy');
    environment.reset(key);
    environment.step(1);
    expect(() => environment.restore(environment.save())).toThrow(
      /^gymnasium:weir_environments:Chancy: seed \d+ and the 1 actions of its episode led elsewhere/,
    );
  });

  it.each([
    ['Raising', /raised in step\(\): ValueError: the motor is off. It printed:\nabout to fail\nTraceback/],
    [
      'Dying',
      /^gymnasium:weir_environments:Dying: its Python process \(\d+\) ended with exit code 7. It printed nothing/,
    ],
    ['Hanging', /was ended by SIGALRM; an answer took longer than 2 seconds. It printed:[\s\S]*in act/],
    ['WrongShape', /raised in reset\(\): ValueError: expected an observation of shape \(2,\), got \(3,\)/],
  ])('are named with what they printed: %s', (name, message) => {
    const environment = own(name, { timeoutSeconds: name === 'Hanging' ? 2 : 30 });
    const play = () => {
      environment.reset(key);
      for (let i = 0; i < 3; i++) environment.step(1);
    };
    expect(play).toThrow(message);
    expect(play).toThrow(expect.objectContaining({ code: 'GYMNASIUM_PROCESS', kind: 'failure' }));
  });

  it.each([
    ['NotANumber', /expected an observation that is a list of 2 finite numbers.*NaN/],
    ['Infinite', /reward.*Infinity/],
  ])('are refused values that are no numbers: %s', (name, message) => {
    const environment = own(name);
    environment.reset(key);
    const play = () => {
      for (let i = 0; i < 3; i++) checkStep(environment, environment.step(1));
    };
    expect(play).toThrow(message);
  });

  it.each([
    ['CartPole-v99', /expected an environment that Gymnasium knows, got CartPole-v99: .*v99/],
    ['NoSuchThing-v0', /expected an environment that Gymnasium knows, got NoSuchThing-v0/],
    ['weir_environments:Text', /expected observations in a space that is Box, Discrete.*, got Text/],
    ['weir_environments:Unbounded', /expected actions between finite bounds, got Box/],
  ])('are refused with the rule: %s', (name, message) => {
    const gymnasium = bridge(name);
    expect(() => gymnasium.make()).toThrow(message);
    expect(() => gymnasium.make()).toThrow(expect.objectContaining({ code: 'GYMNASIUM_REFUSED' }));
  });

  it('are refused where the module is not there', () => {
    expect(() => bridge('no_such_module:Thing').make()).toThrow(
      "raised in making the environment: ModuleNotFoundError: No module named 'no_such_module'",
    );
  });

  it('need Gymnasium in Python', () => {
    const bare = join(scratchFolder(), 'python');
    writeFileSync(bare, `#!/bin/sh\nexec ${python} -S "$@"\n`);
    chmodSync(bare, 0o755);
    expect(() => bridge('CartPole-v1', { python: bare })).toThrow(
      /^gymnasium:CartPole-v1: expected Python packages gymnasium and numpy in .*, got: No module named/,
    );
  });

  it('end with their process', () => {
    const gymnasium = bridge('CartPole-v1');
    const environment = gymnasium.make();
    gymnasium.close();
    expect(() => environment.reset(key)).toThrow('gymnasium:CartPole-v1: its Python process was closed');
  });
});

it.each([
  [{ timeoutSeconds: 0 }, 'Gymnasium: timeoutSeconds: expected a finite number above 0, got 0'],
  [{ pyton: 'python3' }, 'got "pyton"; did you mean python?'],
])('has options with rules: %j', (options, message) => {
  expect(() => bridge('CartPole-v1', options as PythonOptions)).toThrow(message);
});

it('needs a Python interpreter', () => {
  expect(() => bridge('CartPole-v1', { python: '/no/such/python' })).toThrow(
    'gymnasium:CartPole-v1: expected PYTHON to name a Python interpreter, got /no/such/python, which cannot be started',
  );
});

describe('the name of an environment of Gymnasium', () => {
  it('may have a module and arguments, as JSON or as text', () => {
    expect(
      readEnvironmentName('gymnasium:my.module:Lander-v0?continuous=true&gravity=-9.5&mode=soft'),
    ).toEqual({
      name: 'my.module:Lander-v0',
      arguments: { continuous: true, gravity: -9.5, mode: 'soft' },
    });
  });

  it.each(['gymnasium:', 'gymnasium:a b', 'gym:CartPole-v1', 'gymnasium:a:b:c', 'gymnasium:A?b=1?c=2'])(
    'is refused: %s',
    (name) => {
      expect(() => readEnvironmentName(name)).toThrow('expected gymnasium:NAME or gymnasium:MODULE:NAME');
    },
  );
});
