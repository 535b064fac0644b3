import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stateText } from '../../src/checkpoint/state-text.ts';

describe('stateText', () => {
  it('gives the state back exactly when it is parsed', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (extra) => {
        fc.pre(!/"(?:__proto__|constructor|prototype)"/.test(JSON.stringify(extra)));
        expect(JSON.parse(stateText({ index: 1, extra }))).toStrictEqual({ index: 1, extra });
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('keeps the sign of zero and every digit', () => {
    const state = { index: 0, numbers: [-0, 0, 0.1, 5e-324, 1e308, Number.MAX_SAFE_INTEGER] };
    expect(JSON.parse(stateText(state))).toStrictEqual(state);
  });

  it('is the same text in whatever order the keys were set', () => {
    expect(stateText({ b: { y: 1, x: [2, 1] }, index: 4, a: 'z' })).toBe(
      '{"a":"z","b":{"x":[2,1],"y":1},"index":4}',
    );
  });

  it.each([
    ['undefined', { best: undefined }, 'state.best: expected JSON'],
    ['NaN', { gauges: { loss: Number.NaN } }, 'state.gauges.loss: expected JSON'],
    ['Infinity', { list: [1, Number.POSITIVE_INFINITY] }, 'state.list[1]: expected JSON'],
    ['a hole in an array', { list: new Array(1) }, 'state.list[0]: expected JSON'],
    ['a date', { at: new Date(0) }, 'got Date'],
    ['a typed array', { data: new Float32Array(2) }, 'got Float32Array'],
    ['a map', { map: new Map() }, 'got Map'],
    ['a big integer', { big: 1n }, 'state.big: expected JSON'],
    ['a function', { act: () => 1 }, 'state.act: expected JSON'],
  ])('refuses %s, which JSON would change without a word', (_, extra, message) => {
    expect(() => stateText({ index: 1, ...extra })).toThrow(TypeError);
    expect(() => stateText({ index: 1, ...extra })).toThrow(message);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s at any depth', (key) => {
    const inner = JSON.parse(`{"${key}":{"polluted":1}}`);
    expect(() => stateText({ index: 1, inner: [inner] })).toThrow(`expected no key ${key}`);
  });

  it.each([-1, 1.5, Number.NaN, '3', undefined])('refuses the index %s', (index) => {
    expect(() => stateText({ index } as never)).toThrow('state.index: expected a whole number from 0, got');
  });

  it('refuses a state that contains itself', () => {
    const state: { index: number; self?: unknown } = { index: 1 };
    state.self = state;
    expect(() => stateText({ ...state })).toThrow('expected at most 64 levels');
  });
});
