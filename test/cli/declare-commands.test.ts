import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { declareCommands } from '../../src/cli/declare-commands.ts';

const stream = { isTTY: false, write: () => true };
const commands = declareCommands({ stdout: stream, stderr: stream, env: {} });
const all = (each: readonly Command[]): Command[] =>
  each.flatMap((command) => [command, ...all(command.commands)]);

describe('the commands', () => {
  it('have a summary, and a description for every argument and option', () => {
    for (const command of all(commands)) {
      expect(command.summary(), command.name()).not.toBe('');
      for (const { description } of [...command.registeredArguments, ...command.options])
        expect(description, command.name()).not.toBe('');
    }
  });

  it('take every number as a number, and refuse other text by the name of the option', () => {
    const numbers = all(commands).flatMap((command) =>
      command.options.filter(({ flags, parseArg }) => parseArg && / <(?:n|pixels)>$/.test(flags)),
    );
    expect(numbers.length).toBeGreaterThan(20);
    for (const { long, parseArg } of numbers) {
      expect(parseArg!('12', undefined), long).toBe(12);
      expect(() => parseArg!('many', undefined)).toThrow(`${long}: expected a number, got "many"`);
    }
  });

  it('take auto, too, for the rate of the log', () => {
    const train = commands.find((command) => command.name() === 'train')!;
    const { parseArg } = train.options.find(({ long }) => long === '--log-every')!;
    expect(parseArg!('auto', undefined)).toBe('auto');
  });
});
