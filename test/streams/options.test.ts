import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/streams/gate.ts';
import { functionOption, gateOption, playersOption, sourceOption } from '../../src/streams/options.ts';

const anything = [undefined, null, 0, -1, 1.5, Number.NaN, '', '5', {}];

describe('options', () => {
  it('answer with what they were given where it fits', () => {
    const gate = new Gate();
    const items = [1];
    const later = (async function* () {})();
    expect(functionOption('step', Math.abs)).toBe(Math.abs);
    expect(gateOption(gate)).toBe(gate);
    expect(sourceOption(items)).toBe(items);
    expect(sourceOption(later)).toBe(later);
    expect(playersOption(['critic', 'critic'])).toEqual(['critic', 'critic']);
    expect(playersOption(['one'])).toEqual(['one']);
    expect(() => playersOption(['one'], 2)).toThrow(
      'players: expected a list of at least 2 names, got ["one"]',
    );
  });

  it.each([...anything, []])('refuse %j as a function', (value) => {
    expect(() => functionOption('step', value as never)).toThrow(/^step: expected a function, got /);
  });

  it.each([...anything, []])('refuse %j as a gate', (value) => {
    expect(() => gateOption(value as never)).toThrow(/^gate: expected a Gate such as run\.gate, got /);
  });

  it.each([undefined, null, 0, {}, () => {}])('refuse %j as a source', (value) => {
    expect(() => sourceOption(value as never)).toThrow(
      /^source: expected an iterable or an async iterable, got /,
    );
  });

  it.each([...anything, [], [''], ['critic', 5]])('refuse %j as players', (value) => {
    expect(() => playersOption(value as never)).toThrow(/^players: expected /);
  });
});
