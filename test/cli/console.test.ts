import { describe, expect, it } from 'vitest';
import { printJson, settledCode, table, wantsColour, warner } from '../../src/cli/console.ts';

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

describe('settledCode', () => {
  const settled = async (code: number, unheard?: string) => {
    let told = '';
    const stream = { isTTY: false, write: (text: string) => (told += text) };
    const console = { stdout: { ...stream, unheard }, stderr: stream, env: {} };
    return { code: await settledCode(code, console), told };
  };

  it.each([
    [0, undefined, 0, ''],
    [3, undefined, 3, ''],
    [0, 'EPIPE', 141, ''],
    [3, 'EPIPE', 3, ''],
    [0, 'ENOSPC', 2, 'weir: stdout: cannot be written (ENOSPC)\n'],
    [1, 'ENOSPC', 1, 'weir: stdout: cannot be written (ENOSPC)\n'],
  ])('of %d where stdout is lost by %s is %d', async (code, unheard, expected, told) => {
    expect(await settled(code, unheard)).toEqual({ code: expected, told });
  });
});
