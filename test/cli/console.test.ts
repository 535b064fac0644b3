import { describe, expect, it } from 'vitest';
import { printJson, table, wantsColour, warner } from '../../src/cli/console.ts';

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

describe('warner', () => {
  it('prints on the error stream, and nothing where the command is to be quiet', () => {
    const written: string[] = [];
    const stream = { isTTY: false, write: (text: string) => written.push(text) > 0 };
    const console = { stdout: { ...stream, write: () => expect.fail() }, stderr: stream, env: {} };
    warner(console)('one');
    warner(console, { quiet: false })('two');
    warner(console, { quiet: true })('three');
    expect(written).toEqual(['weir: one\n', 'weir: two\n']);
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
