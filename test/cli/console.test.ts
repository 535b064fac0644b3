import { describe, expect, it } from 'vitest';
import { printJson, table, wantsColour } from '../../src/cli/console.ts';

describe('wantsColour', () => {
  const stream = (isTTY: boolean) => ({ isTTY, write: () => true });
  it.each([
    [true, {}, true],
    [true, { NO_COLOR: '' }, true],
    [true, { NO_COLOR: '1' }, false],
    [false, {}, false],
  ])('terminal %s with %j: %s', (isTTY, env, wanted) => {
    const console = { stdout: stream(isTTY), stderr: stream(isTTY), env };
    expect(wantsColour(console, console.stderr)).toBe(wanted);
  });
});

describe('table', () => {
  it('aligns columns and leaves no spaces at the ends of lines', () => {
    expect(
      table([
        ['a', 'long', 'x'],
        ['bbb', 'c', ''],
      ]),
    ).toBe('a    long  x\nbbb  c\n');
  });
});

describe('printJson', () => {
  it('prints what a program can read', () => {
    let text = '';
    const stdout = { write: (part: string) => (text += part) };
    printJson({ stdout, stderr: stdout, env: {} }, { a: [1] });
    expect(JSON.parse(text)).toEqual({ a: [1] });
  });
});
