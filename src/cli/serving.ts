import { given, wholeNumber } from '../base/index.ts';
import { type ServeOptions, type Token, tokenFrom } from '../server/index.ts';

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

/** The options as a server takes them. @throws RangeError, TokenFileError */
export function addressOf({
  host,
  port,
  allowHost,
}: Serving): Pick<ServeOptions, 'host' | 'port' | 'allowHosts'> {
  return {
    ...given({ host, allowHosts: allowHost }),
    ...(port !== undefined && { port: wholeNumber('--port', port, 0, 65_535) }),
  };
}

/** The token of the control that was asked for, if any. @throws TokenFileError */
export function tokenIn({ control }: Serving): Token | undefined {
  return control === undefined ? undefined : tokenFrom(control);
}
