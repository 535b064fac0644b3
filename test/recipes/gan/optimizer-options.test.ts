import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adam, type Rate, rateAt, warmedUp } from '../../../src/models/index.ts';
import {
  averageOption,
  optimizerOptions,
  optimizersOf,
  rateOf,
} from '../../../src/recipes/gan/optimizer-options.ts';
import { resolveOptions } from '../../../src/recipes/index.ts';
import { scratchFolder, weir } from '../../support/weir.ts';

const root = scratchFolder();

const valuesOf = (given: Record<string, number | string> = {}) =>
  resolveOptions(optimizerOptions, given, new Map());
const at = (rate: Rate, steps: readonly number[]) => steps.map((step) => rateAt(rate, step));

describe('rateOf', () => {
  it('is constant without an end, whatever the schedule', () => {
    for (const schedule of ['linear', 'cosine', 'step', 'constant'])
      expect(rateOf(0.01, valuesOf({ 'rate-schedule': schedule }))).toBe(0.01);
    const constant = valuesOf({ 'rate-schedule': 'constant', 'decay-from': 1, 'decay-to': 9 });
    expect(rateOf(0.01, constant)).toBe(0.01);
  });

  it.each([
    ['linear', [1, 1, 0.5, 0, 0]],
    ['cosine', [1, 1, 0.5, 0, 0]],
    ['step', [1, 0.25, 0.25, 0.0625, 0.0625]],
  ])('falls by schedule %s', (schedule, rates) => {
    const decay = { 'decay-from': 100, 'decay-to': 200, 'decay-factor': 0.25 };
    const rate = rateOf(1, valuesOf({ 'rate-schedule': schedule, ...decay }));
    for (const [i, found] of at(rate, [0, 100, 150, 200, 999]).entries())
      expect(found).toBeCloseTo(rates[i]!, 12);
  });

  it('rises at the beginning', () => {
    expect(at(rateOf(1, valuesOf({ 'warm-up': 4, 'decay-to': 8 })), [0, 3, 4])).toEqual([0.25, 0.625, 0.5]);
  });

  it('refuses an end before the beginning', () => {
    expect(() => rateOf(1, valuesOf({ 'decay-from': 5, 'decay-to': 5 }))).toThrow(
      'set decay-to: expected 0 or more than decay-from (5), got 5',
    );
  });
});

describe('averageOption', () => {
  it('has the decay, constant or rising, where there is an average', () => {
    expect(averageOption(valuesOf())).toEqual({});
    expect(averageOption(valuesOf({ average: 0.9 }))).toEqual({ average: 0.9 });
    const rising = valuesOf({ average: 0.9, 'average-warm-up': 'yes' });
    expect(averageOption(rising)).toEqual({ average: warmedUp(0.9) });
  });

  it('refuses a warm-up of no average', () => {
    expect(() => averageOption(valuesOf({ 'average-warm-up': 'yes' }))).toThrow(
      new RangeError('set average-warm-up: expected no, since average is 0, got yes'),
    );
  });
});

describe('optimizersOf', () => {
  it('adds to an optimiser only what is asked for', () => {
    const plain = adam({ rate: 1 });
    expect(optimizersOf(valuesOf(), () => plain).critic).toBe(plain);
    const { generator } = optimizersOf(valuesOf({ 'max-grad-norm': 1, accumulate: 2 }), () => plain);
    expect(Object.keys(generator.init({}))).toEqual(['inner', 'pending']);
    const rates: Rate[] = [];
    optimizersOf(valuesOf({ 'critic-rate': 0.5, 'generator-rate': 0.25 }), (rate) => {
      rates.push(rate);
      return plain;
    });
    expect(rates).toEqual([0.5, 0.25]);
  });
});

describe.each([
  ['points', 'ring8', 'onnx'],
  ['images', 'shapes:16', 'onnx'],
  ['points', 'ring8', 'cpu'],
])('a GAN of %s from %s on %s with all of them', (_, data, engine) => {
  const options = {
    'rate-schedule': 'cosine',
    'decay-from': 3,
    'decay-to': 11,
    'warm-up': 4,
    'max-grad-norm': 0.5,
    accumulate: 3,
    width: 4,
    filters: 2,
  };
  const set = Object.entries(options).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const run = (...args: string[]) => weir(...args, '--no-serve', '--quiet', '--engine', engine);
  const train = (name: string, steps: number, more = set) =>
    run(
      'train',
      'gan',
      '--data',
      data,
      '--batch',
      '4',
      '--steps',
      `${steps}`,
      ...more,
      '--out',
      join(root, name),
    );
  const hash = (name: string) => {
    const file = join(root, name, 'checkpoints/checkpoint-0000000012.safetensors');
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  };

  it('resumes between two updates to the same bytes', async () => {
    const [whole, parted] = [`${data}-${engine}-whole`, `${data}-${engine}-parted`];
    expect(await train(whole, 12)).toMatchObject({ code: 0, stderr: '' });
    expect(await train(parted, 5)).toMatchObject({ code: 0 });
    expect(await run('resume', join(root, parted), '--steps', '12')).toMatchObject({ code: 0 });
    expect(hash(parted)).toBe(hash(whole));
  });
});

it('accumulates the gradients of four steps of a player, and reports the update', async () => {
  const out = join(root, 'pending');
  const set = ['--set', 'accumulate=4', '--set', 'width=4'];
  const args = ['--steps', '10', '--batch', '4', '--engine', 'cpu', ...set, '--out', out];
  expect(await weir('train', 'gan', ...args, '--no-serve', '--quiet')).toMatchObject({ code: 0 });
  const lines = readFileSync(join(out, 'log.jsonl'), 'utf8').trim().split('\n');
  const updated = lines.map((line) => JSON.parse(line).updated);
  // Critic and generator take turns: the fourth steps of both are 6 and 7 of the run.
  expect(updated).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 0, 0]);
});
