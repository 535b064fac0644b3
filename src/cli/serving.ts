import type { Command } from 'commander';
import { wholeNumber } from '../base/index.ts';
import { type ServeOptions, tokenFrom } from '../server/index.ts';
import { numeric } from './numbers.ts';

/** What a user may say of the server. */
export interface Serving {
  readonly host?: string;
  readonly port?: number;
  readonly allowHost?: readonly string[];
  /** False after `--no-serve`. */
  readonly serve?: boolean;
  /** The file of the token. */
  readonly control?: string;
}

/** Adds the options of where to serve. */
export function addressOptions(command: Command): Command {
  return command
    .option('--host <address>', 'address of the live page', '127.0.0.1')
    .option(
      '--port <n>',
      'port of the live page (default: 9464, or the next that is free)',
      numeric('--port'),
    )
    .option(
      '--allow-host <name>',
      'a further name by which the page may be called; may be repeated',
      (name: string, before: string[] = []) => [...before, name],
    );
}

/** Adds the options of a run that serves its page. */
export function servingOptions(command: Command): Command {
  return addressOptions(command)
    .option('--no-serve', 'no live page and no /metrics')
    .option('--control <file>', 'let the page control the run, with the token in this file');
}

/** The options as a server takes them. @throws RangeError, TokenFileError */
export function addressOf({
  host,
  port,
  allowHost,
}: Serving): Pick<ServeOptions, 'host' | 'port' | 'allowHosts'> {
  return {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port: wholeNumber('--port', port, 0, 65_535) }),
    ...(allowHost === undefined ? {} : { allowHosts: allowHost }),
  };
}

/** The control that was asked for, if any. @throws TokenFileError */
export function controlOf(
  { control }: Serving,
  commands: NonNullable<ServeOptions['control']>['commands'],
): Pick<ServeOptions, 'control'> {
  return control === undefined ? {} : { control: { token: tokenFrom(control), commands } };
}
