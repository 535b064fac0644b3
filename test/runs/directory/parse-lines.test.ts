import { describe, expect, it } from 'vitest';
import { isLogLine, parseLines } from '../../../src/runs/directory/parse-lines.ts';

describe('parseLines', () => {
  it('parses a block of lines', () => {
    expect(parseLines('{"a":1}\n{"a":2}\n')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(parseLines('\n')).toEqual([]);
  });

  it('leaves out a torn line and keeps its neighbours', () => {
    expect(parseLines('{"a":1}\n{"a":\n{"a":3}\n')).toEqual([{ a: 1 }, { a: 3 }]);
  });

  it('is not fooled by lines that are JSON only together', () => {
    expect(parseLines('[1\n2]\n3\n')).toEqual([3]);
  });
});

describe('isLogLine', () => {
  it('knows the line of a step', () => {
    expect(isLogLine({ index: 0, player: 'critic', seconds: 0.1, loss: 2 })).toBe(true);
    for (const other of [null, 3, [], { index: 0.5, player: 'critic', seconds: 1 }, { index: 1, seconds: 1 }])
      expect(isLogLine(other)).toBe(false);
  });
});
