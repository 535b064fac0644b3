import { describe, expect, it } from 'vitest';
import { command } from '../../src/server/control.ts';
import { Refusal } from '../../src/server/errors.ts';

function recorder() {
  const done: string[] = [];
  const note = (name: string) => () => void done.push(name);
  const commands = {
    pause: note('pause'),
    resume: note('resume'),
    stop: note('stop'),
    checkpoint: note('checkpoint'),
    rate: (factor: number) => void done.push(`rate ${factor}`),
  };
  return { done, commands };
}

describe('command', () => {
  it.each(['pause', 'resume', 'stop', 'checkpoint'])('does %s', (action) => {
    const { done, commands } = recorder();
    expect(command(JSON.stringify({ action }), commands)).toBe(action);
    expect(done).toEqual([action]);
  });

  it('changes the rates by a factor', () => {
    const { done, commands } = recorder();
    command('{"action":"rate","factor":0.5}', commands);
    expect(done).toEqual(['rate 0.5']);
  });

  it.each([
    ['', 'body: expected JSON'],
    ['{', 'body: expected JSON'],
    ['null', 'body: expected an object'],
    ['[]', 'body: expected an object'],
    ['"pause"', 'body: expected an object'],
    ['{}', 'action: expected one of pause, resume, stop, checkpoint, rate, got undefined'],
    ['{"action":"explode"}', 'action: expected one of'],
    ['{"action":"constructor"}', 'action: expected one of'],
    ['{"action":["pause"]}', 'action: expected one of'],
    ['{"action":"rate"}', 'factor: expected a finite number from 0.000001 to 1000000, got undefined'],
    ['{"action":"rate","factor":0}', 'factor: expected a finite number'],
    ['{"action":"rate","factor":-1}', 'factor: expected a finite number'],
    ['{"action":"rate","factor":1e999}', 'factor: expected a finite number'],
    ['{"action":"rate","factor":"2"}', 'factor: expected a finite number'],
    ['{"action":"pause","factor":1}', 'factor: expected none with this action'],
    ['{"action":"pause","more":1}', 'body: expected action and factor, got "more"'],
    ['{"action":"pause","__proto__":{"polluted":1}}', 'body: expected action and factor, got "__proto__"'],
    ['{"action":"pause","constructor":{"prototype":{"polluted":1}}}', 'body: expected action and factor'],
  ])('refuses %j and does nothing', (body, message) => {
    const { done, commands } = recorder();
    expect(() => command(body, commands)).toThrow(message);
    expect(() => command(body, commands)).toThrow(Refusal);
    expect(done).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
